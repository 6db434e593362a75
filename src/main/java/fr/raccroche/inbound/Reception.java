package fr.raccroche.inbound;

import fr.raccroche.campaign.Campaign;
import fr.raccroche.campaign.Campaigns;
import fr.raccroche.dialing.Agents;
import fr.raccroche.dialing.Attempts;
import fr.raccroche.dialing.Bell;
import fr.raccroche.dialing.CallReport;
import fr.raccroche.dialing.CallTracker;
import fr.raccroche.dialing.CallbackBooking;
import fr.raccroche.dialing.CallingRules;
import fr.raccroche.dialing.DialingConfig;
import fr.raccroche.dialing.InboundCalls;
import fr.raccroche.dialing.InboundCalls.Candidate;
import fr.raccroche.dialing.InboundCalls.Inbound;
import fr.raccroche.dialing.LineWatch;
import fr.raccroche.dialing.Queue;
import fr.raccroche.dialing.RingIn;
import fr.raccroche.inbound.InboundRouting.Decision;
import fr.raccroche.inbound.InboundRouting.File;
import fr.raccroche.platform.Database;
import fr.raccroche.platform.InTurn;
import fr.raccroche.platform.Nothing;
import fr.raccroche.platform.Problem;
import fr.raccroche.platform.Sql;
import fr.raccroche.security.AccessAction;
import fr.raccroche.security.AccessLog;
import fr.raccroche.security.Account;
import fr.raccroche.telephony.CallStatus;
import fr.raccroche.telephony.Calls;
import fr.raccroche.telephony.Twiml;
import fr.raccroche.telephony.VoiceTokens;
import fr.raccroche.youth.Identity;
import fr.raccroche.youth.KnownNumbers;
import fr.raccroche.youth.NumberOwner;
import fr.raccroche.youth.PhoneNumbers;
import fr.raccroche.youth.YouthMessages;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.PersistenceException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Answers people who ring us: {@link InboundRouting} decides, this brings the caller to an agent, or lets them wait, ask
 * for a callback or leave a message. The agent is taken, and the file opened, before Twilio hears whom to connect; what
 * breaks after that is found out by asking Twilio.
 */
@ApplicationScoped
public class Reception {

    private static final String AGAIN = "/webhooks/twilio/inbound";
    private static final Duration PAUSE = Duration.ofSeconds(3);
    private static final Duration KEY_PATIENCE = Duration.ofSeconds(6);
    private static final Duration LONGEST_MESSAGE = Duration.ofMinutes(2);
    private static final int MOST_FOUND = 10;

    /** An answer to Twilio, and the agent who got the call; -1 for none. */
    private record Answer(String twiml, long agentId) {

        static Answer of(String twiml) {
            return new Answer(twiml, -1);
        }
    }

    private final Database database;
    private final CallsIn inbound;
    private final InboundCalls held;
    private final Attempts attempts;
    private final Queue queue;
    private final Agents agents;
    private final Campaigns campaigns;
    private final CallTracker tracker;
    private final LineWatch watch;
    private final CallbackBooking booking;
    private final Calls calls;
    private final Twiml twiml;
    private final YouthMessages says;
    private final Bell bell;
    private final Clock clock;
    private final DialingConfig config;
    private final CallingRules rules;

    Reception(
            Database database,
            CallsIn inbound,
            InboundCalls held,
            Attempts attempts,
            Queue queue,
            Agents agents,
            Campaigns campaigns,
            CallTracker tracker,
            LineWatch watch,
            CallbackBooking booking,
            Calls calls,
            Twiml twiml,
            YouthMessages says,
            Bell bell,
            Clock clock,
            CallingRules rules,
            DialingConfig config) {
        this.database = database;
        this.inbound = inbound;
        this.held = held;
        this.attempts = attempts;
        this.queue = queue;
        this.agents = agents;
        this.campaigns = campaigns;
        this.tracker = tracker;
        this.watch = watch;
        this.booking = booking;
        this.calls = calls;
        this.twiml = twiml;
        this.says = says;
        this.bell = bell;
        this.clock = clock;
        this.config = config;
        this.rules = rules;
    }

    /** What is next for this caller; whoever lost a race for an agent or a youth waits a moment longer. */
    Uni<String> receive(String callSid, @Nullable String e164, String shown, Instant now) {
        return database.inTransaction(sql -> answer(sql, callSid, e164, shown, true, now))
                .onFailure(PersistenceException.class)
                .recoverWithUni(
                        lostRace -> database.inTransaction(sql -> answer(sql, callSid, e164, shown, false, now)))
                .invoke(answer -> {
                    changed(answer.agentId());
                    if (answer.agentId() >= 0) {
                        watch.lookAfter(answer.agentId(), callSid);
                    }
                })
                .map(Answer::twiml);
    }

    private Uni<Answer> answer(
            Sql sql, String callSid, @Nullable String e164, String shown, boolean mayConnect, Instant now) {
        return inbound.hear(sql, callSid, e164, shown, now).chain(call -> {
            if (call.isOver()) {
                return Uni.createFrom().item(Answer.of(twiml.hangUp()));
            }
            return switch (call.state()) {
                case WAITING -> route(sql, call, mayConnect, now);
                case CONNECTED -> Uni.createFrom().item(Answer.of(twiml.join(VoiceTokens.identity(agentOf(call)))));
                case OFFERED -> route(sql, call, false, now);
                case CALLBACK -> Uni.createFrom().item(Answer.of(twiml.sayAndHangUp(says.calledBack())));
                case MESSAGE -> Uni.createFrom().item(Answer.of(twiml.sayAndHangUp(says.heard())));
            };
        });
    }

    private static long agentOf(Inbound call) {
        Long agent = call.agentId();
        return agent == null ? -1 : agent;
    }

    private Uni<Answer> route(Sql sql, Inbound call, boolean mayConnect, Instant now) {
        return files(sql, call)
                .chain(files -> inbound.campaignsShowing(sql, call.shown())
                        .map(showing -> InboundRouting.campaign(files, showing))
                        .chain(id -> id == null
                                ? route(
                                        sql,
                                        call,
                                        new InboundRouting.Facts(files, null, List.of(), waited(call, now)),
                                        mayConnect,
                                        now)
                                : campaigns
                                        .byId(sql, id)
                                        .chain(campaign -> inbound.ready(sql, id)
                                                .chain(ready -> route(
                                                        sql,
                                                        call,
                                                        new InboundRouting.Facts(
                                                                files, campaign, ready, waited(call, now)),
                                                        mayConnect,
                                                        now)))));
    }

    private static Duration waited(Inbound call, Instant now) {
        return Duration.between(call.receivedAt(), now);
    }

    private Uni<List<File>> files(Sql sql, Inbound call) {
        return inbound.files(sql, call.e164(), call.shown()).map(InboundRouting::onePerYouth);
    }

    private Uni<Answer> route(Sql sql, Inbound call, InboundRouting.Facts facts, boolean mayConnect, Instant now) {
        return switch (InboundRouting.decide(facts, config.inboundPatience(), now)) {
            case Decision.Connect connect
            when mayConnect && facts.campaign() != null -> connect(sql, call, facts.campaign(), connect, now);
            case Decision.Connect noRace -> letWait(sql, call, facts.campaign(), true);
            case Decision.Wait wait -> letWait(sql, call, facts.campaign(), wait.forAnyAgent());
            case Decision.Offer offer -> offer(sql, call, facts.campaign(), offer, now);
        };
    }

    private Uni<Answer> letWait(Sql sql, Inbound call, @Nullable Campaign campaign, boolean forAnyAgent) {
        String words = call.campaignId() == null ? says.welcome() : says.patience();
        return inbound.waits(sql, call, campaign == null ? null : campaign.id(), forAnyAgent)
                .replaceWith(Answer.of(twiml.waitAndAsk(words, PAUSE, AGAIN)));
    }

    /** The queue row first, then the agent: the order that everybody keeps. */
    private Uni<Answer> connect(Sql sql, Inbound call, Campaign campaign, Decision.Connect connect, Instant now) {
        File file = connect.file();
        Uni<Boolean> free = file == null
                ? Uni.createFrom().item(true)
                : inbound.isInHand(sql, file.campaignId(), file.youthId()).map(inHand -> !inHand);
        return free.chain(isFree -> isFree
                ? agents.takeForCaller(sql, campaign.id(), connect.agents(), now)
                        .chain(agent -> agent == null
                                ? letWait(sql, call, campaign, true)
                                : open(sql, call, campaign, file, agent, now))
                : letWait(sql, call, campaign, false));
    }

    private Uni<Answer> open(Sql sql, Inbound call, Campaign campaign, @Nullable File file, long agent, Instant now) {
        Uni<@Nullable Long> attempt = file == null
                ? Nothing.found()
                : inbound.phone(sql, file.youthId(), call.e164())
                        .chain(phone -> phone == null
                                ? Nothing.found()
                                : attempts.ringIn(sql, ringIn(call, file.campaignId(), file.youthId(), agent, phone)));
        return attempt.chain(id -> inbound.connected(sql, call, campaign.id(), agent, id, now))
                .replaceWith(new Answer(twiml.join(VoiceTokens.identity(agent)), agent));
    }

    private static RingIn ringIn(Inbound call, long campaignId, long youthId, long agentId, long phoneId) {
        return new RingIn(
                campaignId, youthId, agentId, phoneId, call.callSid(), call.shown(), call.receivedAt(), call.endedAt());
    }

    private Uni<Answer> offer(Sql sql, Inbound call, @Nullable Campaign campaign, Decision.Offer offer, Instant now) {
        String words = switch (offer.reason()) {
            case BUSY -> says.busy();
            case CLOSED -> campaign == null ? says.noCampaign() : says.closed(SpokenHours.of(campaign.hours()));
            case NO_CAMPAIGN -> says.noCampaign();
        };
        return callbackAt(sql, offer.likeliest(), now)
                .call(() -> inbound.offered(sql, call, campaign == null ? null : campaign.id()))
                .map(at -> Answer.of(
                        at == null
                                ? askForMessage(words)
                                : twiml.askForKey(words + " " + says.keys(), KEY_PATIENCE, AGAIN + "/choice")));
    }

    private String askForMessage(String words) {
        return twiml.askForMessage((words + " " + says.speak()).strip(), LONGEST_MESSAGE, AGAIN + "/message");
    }

    /** When we could call this youth back, if they ask for it; null when never. */
    private Uni<@Nullable Instant> callbackAt(Sql sql, @Nullable File file, Instant now) {
        return file == null
                ? Nothing.found()
                : campaigns
                        .byId(sql, file.campaignId())
                        .chain(campaign -> queue.peekFacts(sql, campaign, file.youthId())
                                .map(facts -> facts == null ? null : rules.callbackAt(facts, now)));
    }

    /** One: call me back. Two: I leave a message. */
    Uni<String> choose(String callSid, String key, Instant now) {
        return database.inTransaction(sql -> inbound.bySid(sql, callSid).chain(call -> {
            if (call == null || call.isOver()) {
                return Uni.createFrom().item(twiml.hangUp());
            }
            return switch (key) {
                case "1" -> bookOnce(sql, call, now);
                case "2" -> Uni.createFrom().item(askForMessage(""));
                default -> Uni.createFrom().item(twiml.sayAndHangUp(says.goodbye()));
            };
        }));
    }

    private Uni<String> bookOnce(Sql sql, Inbound call, Instant now) {
        if (call.state() == InboundCalls.State.CALLBACK) {
            return Uni.createFrom().item(twiml.sayAndHangUp(says.calledBack()));
        }
        return files(sql, call)
                .chain(files -> files.isEmpty()
                        ? Uni.createFrom().item(false)
                        : booking.book(
                                sql,
                                files.getFirst().campaignId(),
                                files.getFirst().youthId(),
                                now,
                                now))
                .chain(booked -> booked
                        ? inbound.askedToBeCalled(sql, call).replaceWith(twiml.sayAndHangUp(says.calledBack()))
                        : Uni.createFrom().item(askForMessage("")));
    }

    /** A message is with Twilio. */
    Uni<String> recorded(String callSid, String recordingSid) {
        return database.inTransaction(sql -> inbound.bySid(sql, callSid)
                .chain(call -> call == null || !recordingSid.matches("RE[0-9a-f]{32}")
                        ? Nothing.happens()
                        : inbound.recorded(sql, call, recordingSid))
                .replaceWith(twiml.sayAndHangUp(says.heard())));
    }

    /** The call is over, whoever hung up; told again, nothing changes. */
    Uni<Void> ended(String callSid, Instant now) {
        return database.inTransaction(sql -> inbound.bySid(sql, callSid)
                        .chain(call -> call == null || call.isOver()
                                ? Uni.createFrom().item(-1L)
                                : inbound.ended(sql, call, now)
                                        .chain(() -> leave(sql, call, now))
                                        .replaceWith(agentOf(call))))
                .invoke(this::changed)
                .replaceWithVoid();
    }

    /** The agent still notes what was said, or who it was. */
    private Uni<Void> leave(Sql sql, Inbound call, Instant now) {
        Long attempt = call.attemptId();
        if (attempt != null) {
            return attempts.byId(sql, attempt)
                    .chain(open -> open == null
                            ? Nothing.found()
                            : tracker.apply(
                                    sql, new CallReport(open.token(), call.callSid(), CallStatus.COMPLETED, null), now))
                    .replaceWithVoid();
        }
        Long agent = call.agentId();
        return agent == null
                ? Nothing.happens()
                : held.heldBy(sql, agent)
                        .chain(held -> held == null || held.id() != call.id()
                                ? Nothing.happens()
                                : agents.move(sql, agent, Agents.State.WRAP_UP, now));
    }

    /** Whom the agent says that they are talking to. */
    public record Who(long inboundId, long campaignId, long youthId, boolean self) {}

    /**
     * The agent knows who rings: the file opens, and the interview goes on as with any call. Said again, nothing changes.
     */
    public Uni<Void> identify(Account agent, Who who) {
        Instant now = clock.instant();
        return database.inTransaction(sql -> held.heldBy(sql, agent.id())
                        .chain(call -> call == null || call.id() != who.inboundId()
                                ? alreadyIdentified(sql, agent, who)
                                : identify(sql, agent, call, who, now)))
                .onFailure(PersistenceException.class)
                .transform(lostRace -> inHand())
                .invoke(() -> changed(agent.id()));
    }

    private Uni<Void> alreadyIdentified(Sql sql, Account agent, Who who) {
        return attempts.peekHeldBy(sql, agent.id())
                .chain(attempt -> attempt != null && attempt.inbound() && attempt.youthId() == who.youthId()
                        ? Nothing.happens()
                        : Uni.createFrom().failure(notYours()));
    }

    private Uni<Void> identify(Sql sql, Account agent, Inbound call, Who who, Instant now) {
        return mayBe(sql, call, who)
                .chain(may -> may
                        ? inbound.isInHand(sql, who.campaignId(), who.youthId())
                        : Uni.createFrom().failure(Problem.notFound("Ce dossier n'est pas dans cette campagne.")))
                .chain(inHand -> inHand ? Uni.createFrom().failure(inHand()) : phone(sql, call, who))
                .chain(phone -> phone == null
                        ? Uni.createFrom().failure(inHand())
                        : attempts.ringIn(sql, ringIn(call, who.campaignId(), who.youthId(), agent.id(), phone)))
                .chain(attempt -> inbound.identified(sql, call, who.campaignId(), attempt))
                .chain(() ->
                        agents.move(sql, agent.id(), call.isOver() ? Agents.State.WRAP_UP : Agents.State.IN_CALL, now))
                .chain(() -> AccessLog.record(sql, agent, AccessAction.CALLER_IDENTIFIED, "youth:" + who.youthId()));
    }

    private Uni<Boolean> mayBe(Sql sql, Inbound call, Who who) {
        return inbound.campaignsShowing(sql, call.shown())
                .chain(showing -> inbound.files(sql, call.e164(), call.shown())
                        .map(files -> showing.contains(who.campaignId())
                                || files.stream()
                                        .anyMatch(file -> file.campaignId() == who.campaignId()
                                                && file.youthId() == who.youthId())));
    }

    /** The number that rang, noted with the youth if it is new; any of theirs when it is hidden. */
    private Uni<@Nullable Long> phone(Sql sql, Inbound call, Who who) {
        String e164 = call.e164();
        if (e164 == null || !(PhoneNumbers.read(e164) instanceof PhoneNumbers.Usable usable)) {
            return inbound.anyPhone(sql, who.youthId());
        }
        return inbound.phone(sql, who.youthId(), e164)
                .chain(known -> known != null
                        ? Uni.createFrom().item(known)
                        : KnownNumbers.addRungFrom(
                                sql,
                                who.youthId(),
                                e164,
                                who.self() ? NumberOwner.YOUTH : NumberOwner.OTHER,
                                usable.mobile()));
    }

    /** Youths of this name and birth date, for the agent who has a caller whom nobody knows. */
    public Uni<List<Candidate>> search(Account agent, String name, LocalDate birthDate) {
        String[] words = Identity.nameKey(name, "").replace("|", " ").strip().split(" +");
        return database.inTransaction(sql -> held.peekHeldBy(sql, agent.id())
                .chain(call -> call == null
                        ? Uni.createFrom().failure(notYours())
                        : AccessLog.record(sql, agent, AccessAction.CALLER_SEARCHED, "inbound:" + call.id())
                                .chain(() -> inbound.search(sql, call, words, birthDate, MOST_FOUND))));
    }

    /** It is about nobody of ours: the call ends, and the agent is free. */
    public Uni<Void> dismiss(Account agent, long inboundId) {
        Instant now = clock.instant();
        return database.inTransaction(sql -> held.heldBy(sql, agent.id())
                        .chain(call -> call == null || call.id() != inboundId
                                ? Nothing.<Inbound>found()
                                : inbound.released(sql, call, now)
                                        .chain(() -> agents.release(sql, agent.id(), now))
                                        .replaceWith(call)))
                .chain(call -> call == null || call.isOver() ? Nothing.happens() : calls.hangUp(call.callSid()))
                .invoke(() -> changed(agent.id()));
    }

    private static Problem notYours() {
        return Problem.conflict("not-your-call", "Cet appel n'est pas, ou n'est plus, le vôtre.");
    }

    private static Problem inHand() {
        return Problem.conflict("in-hand", "Un autre agent a ce dossier en ce moment. Réessayez dans un instant.");
    }

    private void changed(long agentId) {
        if (agentId >= 0) {
            bell.ring(agentId);
        }
    }

    /** Twilio never said that a call ended, or an agent left while nobody knew who was on the line. */
    @Scheduled(
            every = "${raccroche.dialing.sweep}",
            concurrentExecution = ConcurrentExecution.SKIP,
            skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    Uni<Void> sweep() {
        Instant now = clock.instant();
        return database.inTransaction(sql -> inbound.silentFor(sql, config.silence()))
                .chain(silent -> InTurn.each(silent, sid -> lookAfter(sid, now)))
                .chain(() -> database.inTransaction(sql -> inbound.forgottenBy(sql, config.forgotten())))
                .chain(agents -> InTurn.each(agents, agent -> forget(agent, now)))
                .onFailure()
                .recoverWithUni(Nothing.but("Calls that came in could not be looked after"));
    }

    private Uni<Void> lookAfter(String callSid, Instant now) {
        return calls.fetch(callSid)
                .chain(call -> call == null || call.status().isFinal()
                        ? ended(callSid, now)
                        : database.inTransaction(sql -> inbound.bySid(sql, callSid))
                                .chain(caller ->
                                        caller == null ? Nothing.happens() : watch.leaveNobodyInSilence(caller)));
    }

    private Uni<Void> forget(long agent, Instant now) {
        return database.inTransaction(sql -> held.heldBy(sql, agent)
                .chain(call -> call == null || !call.isOver()
                        ? Nothing.happens()
                        : inbound.released(sql, call, now)
                                .chain(() -> agents.want(sql, agent, Agents.State.OFFLINE))
                                .chain(() -> agents.release(sql, agent, now))));
    }
}
