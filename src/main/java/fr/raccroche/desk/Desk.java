package fr.raccroche.desk;

import static fr.raccroche.platform.FrenchCalendar.PARIS;

import fr.raccroche.campaign.Campaign;
import fr.raccroche.campaign.Campaigns;
import fr.raccroche.dialing.Agents;
import fr.raccroche.dialing.Arrival;
import fr.raccroche.dialing.Attempt;
import fr.raccroche.dialing.AttemptState;
import fr.raccroche.dialing.Attempts;
import fr.raccroche.dialing.Bell;
import fr.raccroche.dialing.CallbackSlots;
import fr.raccroche.dialing.Callbacks;
import fr.raccroche.dialing.Dialer;
import fr.raccroche.dialing.InboundCalls;
import fr.raccroche.dialing.Previews;
import fr.raccroche.dialing.PromisedCall;
import fr.raccroche.platform.Database;
import fr.raccroche.platform.FrenchCalendar;
import fr.raccroche.platform.Nothing;
import fr.raccroche.platform.Outbox;
import fr.raccroche.platform.Problem;
import fr.raccroche.platform.Sql;
import fr.raccroche.security.Account;
import fr.raccroche.sms.LastTexts;
import fr.raccroche.telephony.Calls;
import fr.raccroche.youth.NumberOwner;
import fr.raccroche.youth.PhoneNumber;
import fr.raccroche.youth.YouthFile;
import fr.raccroche.youth.Youths;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An agent at work: what they see, and what they may do between two outcomes. All of it is in the database. */
@ApplicationScoped
public class Desk {

    /** The youth in hand, in few words. */
    public record Youth(long id, @Nullable String ine, String firstName, String lastName, int age) {}

    /**
     * The call in hand.
     *
     * @param machine whether Twilio thinks that a machine answered
     * @param number the number of the youth on the line; one of theirs when they hide the one from which they ring
     * @param inbound whether they rang us
     * @param hidden whether they hide their number
     */
    public record Call(
            long attemptId,
            String actionId,
            String number,
            NumberOwner numberOwner,
            AttemptState state,
            boolean machine,
            boolean inbound,
            boolean hidden,
            Youth youth) {}

    /**
     * Somebody who rang, and nobody knows yet whom it is about.
     *
     * @param number null when it is hidden
     * @param over whether they hung up
     * @param files youths under this number
     */
    public record Caller(long id, @Nullable String number, boolean over, List<InboundCalls.Candidate> files) {}

    /**
     * Where the agent stands; {@code call} is null between two calls, {@code caller} unless they have to ask who rings.
     *
     * @param stopped whether the agent pauses because files went back unread
     */
    public record State(
            Agents.State presence,
            Agents.State wanted,
            Instant since,
            @Nullable Long campaignId,
            boolean audio,
            boolean stopped,
            @Nullable Call call,
            @Nullable Caller caller) {

        /** What is on the screen: while it stays the same, what the agent types is left alone. */
        public String key() {
            if (caller != null) {
                return "caller-" + caller.id();
            }
            return call == null ? "idle-" + presence : phase() + "-" + call.attemptId();
        }

        /** The phases of the desk: {@code idle}, {@code caller}, {@code preview}, {@code dialing}, {@code talk}. */
        public String phase() {
            if (caller != null) {
                return "caller";
            }
            if (call == null) {
                return "idle";
            }
            return switch (call.state()) {
                case PREVIEW -> "preview";
                case ANSWERED, COMPLETED -> "talk";
                default -> "dialing";
            };
        }

        /** Whether the youth is still on the line. */
        public boolean online() {
            return caller != null ? !caller.over() : call != null && call.state() == AttemptState.ANSWERED;
        }
    }

    /**
     * Everything about the youth in hand.
     *
     * @param texts from the youth, the last few
     * @param messages left on their voicemail so far, in all campaigns
     * @param secondsLeft real seconds after which the file goes back unless the agent calls, in preview
     */
    public record File(
            YouthFile youth,
            Campaign campaign,
            PhoneNumber called,
            int attempts,
            @Nullable Instant callbackAt,
            List<LastTexts.Said> texts,
            List<Outcomes.Earlier> history,
            List<Youths.Sibling> siblings,
            int messages,
            long secondsLeft,
            @Nullable String draft) {

        /** Whether another message may be left. */
        public boolean takesMessage() {
            return messages < Outcomes.MOST_MESSAGES;
        }
    }

    /** What the page shows. */
    public record View(
            State state,
            List<Campaign> campaigns,
            Outcomes.Today today,
            @Nullable File file,
            Instant now) {}

    /**
     * Calls that the agent promised.
     *
     * @param next the next working day
     * @param forAnybody how many others wait in the agent's campaign, for whoever is free
     */
    public record Promises(List<PromisedCall> mine, LocalDate next, long forAnybody, Instant now) {

        public List<LocalDate> days() {
            return List.of(now.atZone(PARIS).toLocalDate(), next);
        }

        /** Those for {@code day}, and with today those that are late. */
        public List<PromisedCall> on(LocalDate day) {
            LocalDate today = now.atZone(PARIS).toLocalDate();
            return mine.stream()
                    .filter(promise -> {
                        LocalDate at = promise.at().atZone(PARIS).toLocalDate();
                        return at.equals(day) || (day.equals(today) && at.isBefore(today));
                    })
                    .toList();
        }
    }

    private final Database database;
    private final Outbox outbox;
    private final Agents agents;
    private final Attempts attempts;
    private final InboundCalls inbound;
    private final Callbacks callbacks;
    private final Campaigns campaigns;
    private final Outcomes outcomes;
    private final Dialer dialer;
    private final Previews previews;
    private final Calls calls;
    private final Clock clock;
    private final Bell bell;

    Desk(
            Database database,
            Outbox outbox,
            Agents agents,
            Attempts attempts,
            InboundCalls inbound,
            Callbacks callbacks,
            Campaigns campaigns,
            Outcomes outcomes,
            Dialer dialer,
            Previews previews,
            Calls calls,
            Clock clock,
            Bell bell) {
        this.database = database;
        this.outbox = outbox;
        this.agents = agents;
        this.attempts = attempts;
        this.inbound = inbound;
        this.callbacks = callbacks;
        this.campaigns = campaigns;
        this.outcomes = outcomes;
        this.dialer = dialer;
        this.previews = previews;
        this.calls = calls;
        this.clock = clock;
        this.bell = bell;
    }

    /** Where the agent stands now. */
    public Uni<State> state(Account agent) {
        Instant now = clock.instant();
        return database.inSnapshot(sql -> state(sql, agent.id(), now));
    }

    private Uni<State> state(Sql sql, long agentId, Instant now) {
        return agents.peek(sql, agentId)
                .chain(presence -> attempts.peekHeldBy(sql, agentId)
                        .chain(attempt -> attempt == null
                                ? caller(sql, agentId).map(caller -> state(presence, null, caller, now))
                                : call(sql, attempt, now).map(call -> state(presence, call, null, now))));
    }

    private static State state(
            Agents.@Nullable Presence presence, @Nullable Call call, @Nullable Caller caller, Instant now) {
        return presence == null
                ? new State(Agents.State.OFFLINE, Agents.State.READY, now, null, false, false, call, caller)
                : new State(
                        presence.state(),
                        presence.wanted(),
                        presence.since(),
                        presence.campaignId(),
                        presence.audio(),
                        presence.isStopped(),
                        call,
                        caller);
    }

    private Uni<@Nullable Caller> caller(Sql sql, long agentId) {
        return inbound.peekHeldBy(sql, agentId)
                .chain(call -> call == null
                        ? Nothing.found()
                        : inbound.candidates(sql, call)
                                .map(files -> new Caller(call.id(), call.e164(), call.isOver(), files)));
    }

    private Uni<@Nullable Call> call(Sql sql, Attempt attempt, Instant now) {
        Uni<Boolean> hidden = attempt.inbound()
                ? inbound.isHidden(sql, attempt.id())
                : Uni.createFrom().item(false);
        return hidden.chain(isHidden -> Youths.file(sql, attempt.youthId())
                .map(youth -> youth == null ? null : call(attempt, isHidden, youth, now)));
    }

    private static Call call(Attempt attempt, boolean hidden, YouthFile youth, Instant now) {
        return new Call(
                attempt.id(),
                attempt.actionId(),
                attempt.e164(),
                called(attempt, youth).owner(),
                attempt.state(),
                attempt.machine(),
                attempt.inbound(),
                hidden,
                new Youth(
                        youth.id(),
                        youth.ine(),
                        youth.firstName(),
                        youth.lastName(),
                        youth.age(now.atZone(PARIS).toLocalDate()).years()));
    }

    private static PhoneNumber called(Attempt attempt, YouthFile youth) {
        return youth.numbers().stream()
                .filter(number -> number.id() == attempt.phoneId())
                .findFirst()
                .orElseThrow();
    }

    /** Everything for the page, as it stood at one moment: no youth without their call, nor the other way round. */
    public Uni<View> view(Account agent) {
        Instant now = clock.instant();
        Instant dayStart = now.atZone(PARIS).toLocalDate().atStartOfDay(PARIS).toInstant();
        return database.inSnapshot(sql -> state(sql, agent.id(), now)
                .chain(state -> campaigns
                        .running(sql)
                        .chain(running -> outcomes.today(sql, agent.id(), dayStart)
                                .chain(today -> file(sql, agent.id(), now)
                                        .map(file -> new View(state, running, today, file, now))))));
    }

    private Uni<@Nullable File> file(Sql sql, long agentId, Instant now) {
        return attempts.peekHeldBy(sql, agentId)
                .chain(attempt -> attempt == null ? Nothing.found() : file(sql, attempt, now));
    }

    private Uni<File> file(Sql sql, Attempt attempt, Instant now) {
        long youthId = attempt.youthId();
        return Youths.file(sql, youthId)
                .chain(youth -> campaigns
                        .byId(sql, attempt.campaignId())
                        .chain(campaign -> outcomes.standing(sql, attempt)
                                .chain(standing -> LastTexts.of(sql, youthId, now)
                                        .chain(texts -> outcomes.history(sql, youthId)
                                                .chain(history -> Youths.siblings(sql, youthId)
                                                        .chain(siblings -> outcomes.draft(sql, attempt.id())
                                                                .map(draft -> new File(
                                                                        youth,
                                                                        campaign,
                                                                        called(attempt, youth),
                                                                        standing.attempts(),
                                                                        standing.callbackAt(),
                                                                        texts,
                                                                        history,
                                                                        siblings,
                                                                        standing.messages(),
                                                                        left(campaign, standing),
                                                                        draft))))))));
    }

    private static long left(Campaign campaign, Outcomes.Standing standing) {
        return Math.max(0, campaign.modes().reading().toSeconds() - standing.readFor());
    }

    /** Ready, paused or offline; with a call in hand it takes effect when that call is done. */
    public Uni<Void> setPresence(Account agent, Agents.State wanted, @Nullable Long campaignId) {
        if (wanted == Agents.State.READY && campaignId != null) {
            return dialer.ready(agent.id(), campaignId)
                    .invoke(arrival -> {
                        if (arrival == Arrival.NOT_OPEN) {
                            throw Problem.conflict("campaign-not-open", "Cette campagne n'est pas ouverte.");
                        }
                    })
                    .replaceWithVoid();
        }
        Instant now = clock.instant();
        return database.inTransaction(sql -> holds(sql, agent.id())
                        .chain(holds ->
                                holds ? agents.want(sql, agent.id(), wanted) : enter(sql, agent.id(), wanted, now)))
                .invoke(() -> announce(agent.id()));
    }

    /** Whether the agent has a call in hand; attempt and agent are locked in the order that everybody keeps. */
    private Uni<Boolean> holds(Sql sql, long agentId) {
        return attempts.heldBy(sql, agentId)
                .chain(() -> agents.find(sql, agentId))
                .chain(() -> attempts.peekHeldBy(sql, agentId))
                .chain(attempt -> attempt != null
                        ? Uni.createFrom().item(true)
                        : inbound.peekHeldBy(sql, agentId).map(caller -> caller != null));
    }

    private Uni<Void> enter(Sql sql, long agentId, Agents.State wanted, Instant now) {
        return wanted == Agents.State.READY
                ? Uni.createFrom().failure(Problem.badRequest("missing-campaign", "Choisissez une campagne."))
                : agents.set(sql, agentId, null, wanted, now);
    }

    /** In preview: dial the youth on the screen. */
    public Uni<Void> callPreviewed(Account agent) {
        Instant now = clock.instant();
        return database.inTransaction(sql -> preview(sql, agent).chain(attempt -> previews.call(sql, attempt, now)))
                .invoke(() -> {
                    outbox.nudge(Outbox.CALLS_TO_PLACE);
                    announce(agent.id());
                });
    }

    /** In preview: not now; the youth goes back to the queue and nothing is counted. */
    public Uni<Void> pass(Account agent) {
        Instant now = clock.instant();
        return database.inTransaction(sql -> preview(sql, agent).chain(attempt -> previews.pass(sql, attempt, now)))
                .invoke(() -> announce(agent.id()));
    }

    private Uni<Attempt> preview(Sql sql, Account agent) {
        return attempts.heldBy(sql, agent.id())
                .chain(attempt -> attempt == null || attempt.state() != AttemptState.PREVIEW
                        ? Uni.createFrom()
                                .failure(Problem.conflict("no-preview", "Aucun dossier n'attend votre appel."))
                        : Uni.createFrom().item(attempt));
    }

    /** Ends the call on the line, ringing or talking; its outcome is still to be recorded if somebody answered. */
    public Uni<Void> hangUp(Account agent) {
        return database.inTransaction(sql -> attempts.peekHeldBy(sql, agent.id())
                        .chain(attempt -> attempt == null
                                ? inbound.peekHeldBy(sql, agent.id())
                                        .map(caller -> caller == null ? null : caller.callSid())
                                : Uni.createFrom().item(attempt.callSid())))
                .chain(sid -> sid == null ? Nothing.happens() : calls.hangUp(sid))
                .invoke(() -> announce(agent.id()));
    }

    /** When the youth in hand can be promised a call. */
    public Uni<CallbackSlots> slots(Account agent) {
        Instant now = clock.instant();
        return database.inTransaction(sql -> attempts.peekHeldBy(sql, agent.id())
                .chain(attempt -> attempt == null
                        ? Uni.createFrom().failure(Problem.conflict("no-call", "Aucun appel n'est en cours."))
                        : campaigns
                                .byId(sql, attempt.campaignId())
                                .chain(campaign -> callbacks.slots(sql, campaign, now))));
    }

    /** The calls that the agent promised for today and the next working day. */
    public Uni<Promises> promises(Account agent) {
        Instant now = clock.instant();
        LocalDate next = nextWorkingDay(now.atZone(PARIS).toLocalDate());
        return database.inTransaction(sql -> agents.peek(sql, agent.id())
                .map(presence -> presence == null ? null : presence.campaignId())
                .chain(campaign ->
                        campaign == null ? Uni.createFrom().item(0L) : callbacks.forAnybody(sql, campaign, next))
                .chain(others -> callbacks
                        .promises(sql, agent.id(), next, now)
                        .map(mine -> new Promises(mine, next, others, now))));
    }

    private static LocalDate nextWorkingDay(LocalDate day) {
        LocalDate next = day.plusDays(1);
        while (!FrenchCalendar.isWorkingDay(next)) {
            next = next.plusDays(1);
        }
        return next;
    }

    /** Keeps what the agent typed so far. */
    public Uni<Void> saveDraft(Account agent, long attemptId, String draft) {
        return draft.length() > 4000
                ? Uni.createFrom().failure(Problem.tooLarge("Cette note est trop longue."))
                : database.inTransaction(sql -> attempts.keepDraft(sql, agent.id(), attemptId, draft));
    }

    /** The agent's page is open. */
    Uni<Void> seen(long agentId) {
        return database.inTransaction(sql -> agents.seen(sql, agentId));
    }

    private void announce(long agentId) {
        bell.ring(agentId);
    }
}
