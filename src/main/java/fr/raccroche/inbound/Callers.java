package fr.raccroche.inbound;

import fr.raccroche.dialing.Agents;
import fr.raccroche.dialing.Attempts;
import fr.raccroche.dialing.Bell;
import fr.raccroche.dialing.InboundCalls;
import fr.raccroche.dialing.InboundCalls.Inbound;
import fr.raccroche.dialing.InboundCalls.PossibleYouth;
import fr.raccroche.platform.Database;
import fr.raccroche.platform.Nothing;
import fr.raccroche.platform.Problem;
import fr.raccroche.platform.Sql;
import fr.raccroche.security.AccessAction;
import fr.raccroche.security.AccessLog;
import fr.raccroche.security.Account;
import fr.raccroche.telephony.Calls;
import fr.raccroche.youth.Identity;
import fr.raccroche.youth.KnownNumbers;
import fr.raccroche.youth.NumberOwner;
import fr.raccroche.youth.PhoneNumbers;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.PersistenceException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an agent does with a caller whom nobody knows yet: says who it is, looks for them, or ends the call. */
@ApplicationScoped
public class Callers {

    private static final int MOST_FOUND = 10;

    private final Database database;
    private final CallsIn inbound;
    private final InboundCalls held;
    private final Attempts attempts;
    private final Agents agents;
    private final Calls calls;
    private final Bell bell;
    private final Clock clock;

    Callers(
            Database database,
            CallsIn inbound,
            InboundCalls held,
            Attempts attempts,
            Agents agents,
            Calls calls,
            Bell bell,
            Clock clock) {
        this.database = database;
        this.inbound = inbound;
        this.held = held;
        this.attempts = attempts;
        this.agents = agents;
        this.calls = calls;
        this.bell = bell;
        this.clock = clock;
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
                .invoke(() -> bell.ring(agent.id()));
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
                        : attempts.ringIn(
                                sql, Reception.ringIn(call, who.campaignId(), who.youthId(), agent.id(), phone)))
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
    public Uni<List<PossibleYouth>> search(Account agent, String name, LocalDate birthDate) {
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
                .invoke(() -> bell.ring(agent.id()));
    }

    private static Problem notYours() {
        return Problem.conflict("not-your-call", "Cet appel n'est pas, ou n'est plus, le vôtre.");
    }

    private static Problem inHand() {
        return Problem.conflict("in-hand", "Un autre agent a ce dossier en ce moment. Réessayez dans un instant.");
    }
}
