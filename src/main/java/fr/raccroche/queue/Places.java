package fr.raccroche.queue;

import fr.raccroche.platform.Sql;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Moves youths in and out of queues, one by one. Where a call and a place change in one statement, the ledger takes its half
 * from here: parts of statements, whose parameters each of them names.
 */
public final class Places {

    /** Who waits until somebody decided about their number is looked at again after this. */
    public static final Duration WAITS_FOR_DECISION = Duration.ofDays(1);

    private Places() {}

    /**
     * Where the youth stands after an attempt or a rule: back in the queue, or in a final state, which no call awaits. Whoever
     * is no longer on the list does not come back. What a call settled holds in every open campaign at once.
     *
     * @param nextAttemptAt null in a final state
     */
    public static Uni<Void> put(
            Sql sql,
            long campaignId,
            long youthId,
            YouthState state,
            @Nullable Instant nextAttemptAt,
            int priority,
            Instant now) {
        return sql.update("""
                        with put as (
                            update campaign_youth
                               set state = case when withdrawn and not :final then 'WITHDRAWN' else :state end,
                                   next_attempt_at = case when not withdrawn then cast(:next as timestamptz) end,
                                   priority = :priority,
                                   callback_agent = case when :state = 'CALLBACK' then callback_agent end,
                                   settled_at = case when :final or withdrawn then cast(:now as timestamptz) end
                            where campaign_id = :campaign and youth_id = :youth
                            returning campaign_id, youth_id, state, settled_at),
                        elsewhere as (
                        """ + Leaving.EVERYWHERE + """
                        ),
                        left_queue as (
                            select campaign_id, youth_id, state from put where settled_at is not null
                            union all select * from elsewhere),
                        """ + Leaving.of("left_queue"))
                .set("everywhere", state.holdsEverywhere())
                .set("leave", Enrolment.DAYS_AFTER_REFUSAL)
                .set("state", state)
                .set("next", nextAttemptAt)
                .set("priority", priority)
                .set("final", state.isFinal())
                .set("now", now)
                .set("campaign", campaignId)
                .set("youth", youthId)
                .run();
    }

    /** A youth who objected leaves every queue, and nothing that was promised stands; a call in progress settles by itself. */
    public static Uni<Void> leaveObjecting(Sql sql, long youthId, Instant now) {
        return sql.update("""
                        with put as (
                            update campaign_youth set state = 'OBJECTED', next_attempt_at = null, settled_at = :now
                            where youth_id = :youth and next_attempt_at is not null
                            returning campaign_id, youth_id, state),
                        left_queue as (
                            select * from put
                            union select campaign_id, youth_id, 'OBJECTED' from campaign_youth where youth_id = :youth),
                        """ + Leaving.of("left_queue"))
                .set("now", now)
                .set("youth", youthId)
                .run();
    }

    /**
     * Somebody decided about a number: whoever waited for that, in whatever campaign, is due again, or when they were promised.
     * Answers the places.
     */
    public static Uni<List<Sql.Row>> comeBack(Sql sql, String e164, Instant now) {
        return sql.query("""
                        update campaign_youth y set next_attempt_at = greatest(b.due_at, cast(:now as timestamptz))
                          from (select distinct p.youth_id from phone_number p where p.e164 = :e164) p
                          left join callback b on b.youth_id = p.youth_id and b.done_at is null
                         where y.youth_id = p.youth_id and y.state in ('TO_CALL', 'CALLBACK')
                           and y.next_attempt_at > greatest(b.due_at, cast(:now as timestamptz))
                           and y.next_attempt_at <= cast(:now as timestamptz) + :waits * interval '1 minute'
                        returning y.campaign_id, y.youth_id, y.priority, y.next_attempt_at""")
                .set("now", now)
                .set("e164", e164)
                .set("waits", WAITS_FOR_DECISION.toMinutes())
                .list(row -> row);
    }

    /**
     * The youths of {@code :campaign} are called, and with {@code :counts} each takes one of the ten places; answers
     * {@code youth_id} and {@code attempts}.
     *
     * @param openings rows with {@code youth}
     */
    public static String take(String openings) {
        return """
                update campaign_youth y set state = 'IN_CALL', next_attempt_at = null,
                       attempts = y.attempts + case when :counts then 1 else 0 end
                from %s o where y.campaign_id = :campaign and y.youth_id = o.youth
                returning y.youth_id, y.attempts""".formatted(openings);
    }

    /** {@code :youth} of {@code :campaign} is on the phone, if they still waited for a call. */
    public static final String TAKE_WHO_RANG = """
            update campaign_youth set state = 'IN_CALL', next_attempt_at = null
            where campaign_id = :campaign and youth_id = :youth and settled_at is null""";

    /** {@code :youth} of {@code :campaign} takes one more of the ten places; answers {@code attempts}. */
    public static final String COUNT = """
            update campaign_youth set attempts = attempts + 1
            where campaign_id = :campaign and youth_id = :youth returning attempts""";

    /** {@code :youth} of {@code :campaign} gets a place among the ten back, with {@code :giveBack}. */
    public static final String GIVE_BACK = """
            update campaign_youth set attempts = attempts - 1
            where campaign_id = :campaign and youth_id = :youth and :giveBack""";

    /** {@code :youth} of {@code :campaign} sees the number {@code :shown}, now and later. */
    public static final String SHOW = """
            update campaign_youth set shown_number = :shown
            where campaign_id = :campaign and youth_id = :youth and shown_number is distinct from :shown""";
}
