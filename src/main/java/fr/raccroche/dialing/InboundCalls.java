package fr.raccroche.dialing;

import fr.raccroche.platform.Sql;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Calls that came in, in the database, as an agent has them. Whoever changes one locks it first, then attempt, queue row
 * and agent as everywhere.
 */
@ApplicationScoped
public class InboundCalls {

    /** What a caller has got so far. */
    public enum CallerState {
        WAITING,
        /** An agent has them, or had. */
        CONNECTED,
        OFFERED,
        /** They asked to be called. */
        CALLBACK,
        /** They left a message. */
        MESSAGE
    }

    /**
     * A call that came in.
     *
     * @param e164 null when the caller hides it
     * @param shown the number that was rung
     * @param attemptId once somebody knows whom it is about
     */
    public record Inbound(
            long id,
            String callSid,
            @Nullable String e164,
            String shown,
            @Nullable Long campaignId,
            CallerState state,
            @Nullable Long agentId,
            @Nullable Long attemptId,
            Instant receivedAt,
            @Nullable Instant endedAt) {

        public boolean isOver() {
            return endedAt != null;
        }
    }

    /**
     * A youth whom an unknown caller may be, or be about.
     *
     * @param inHand whether another agent has them now
     */
    public record PossibleYouth(
            long campaignId,
            long youthId,
            String firstName,
            String lastName,
            LocalDate birthDate,
            @Nullable String communeName,
            boolean inHand) {}

    public static final String COLUMNS = """
            i.id, i.call_sid, i.e164, i.shown, i.campaign_id, i.state, i.agent_id, i.attempt_id, i.received_at, i.ended_at
            """;

    /** Whether campaign {@code c} shows the number {@code :shown}. */
    public static final String SHOWS = """
            (c.caller_number = :shown
             or exists (select from campaign_number n where n.campaign_id = c.id and n.e164 = :shown))""";

    public static final String IN_HAND = """
            exists (select from call_attempt o where o.youth_id = y.youth_id and o.closed_at is null)""";

    public static final String CANDIDATE = "select distinct on (y.youth_id) y.campaign_id, y.youth_id, t.first_name,"
            + " t.last_name, t.birth_date, t.commune_name, " + SHOWS + " as shows, " + IN_HAND + """
             as in_hand
            from campaign_youth y join campaign c on c.id = y.campaign_id join youth t on t.id = y.youth_id
            """;

    /** The caller whom an agent has and nobody knows yet, locked. */
    public Uni<@Nullable Inbound> heldBy(Sql sql, long agentId) {
        return held(sql, agentId, " for update");
    }

    /** The same without a lock, for showing. */
    public Uni<@Nullable Inbound> peekHeldBy(Sql sql, long agentId) {
        return held(sql, agentId, "");
    }

    private static Uni<@Nullable Inbound> held(Sql sql, long agentId, String lock) {
        return sql.query("select " + COLUMNS + """
                         from inbound_call i
                        where i.agent_id = :agent and i.attempt_id is null and i.released_at is null""" + lock).set("agent", agentId).first(InboundCalls::inbound);
    }

    /** Whether the caller of this attempt hides their number; false for calls that we placed. */
    public Uni<Boolean> isHidden(Sql sql, long attemptId) {
        return sql.query("""
                        select exists (select from inbound_call where attempt_id = :attempt and e164 is null) as hidden""").set("attempt", attemptId).one(row -> row.flag("hidden"));
    }

    /** Notes that the call was looked after just now. */
    Uni<Void> touch(Sql sql, Inbound call) {
        return sql.update("update inbound_call set heard_at = now() where id = :id")
                .set("id", call.id())
                .run();
    }

    /** The youths under the caller's number in campaigns that are open. */
    public Uni<List<PossibleYouth>> candidates(Sql sql, Inbound call) {
        return sql.query(CANDIDATE + """
                        where c.state in ('RUNNING', 'PAUSED')
                          and y.youth_id in (select p.youth_id from phone_number p
                                              where p.e164 = cast(:e164 as text) and p.state <> 'WRONG')
                        order by y.youth_id, shows desc, y.campaign_id desc""")
                .set("e164", call.e164())
                .set("shown", call.shown())
                .list(InboundCalls::candidate);
    }

    /** A youth by name. */
    public record NamedYouth(long youthId, String name) {}

    public static List<NamedYouth> named(@Nullable String lines) {
        return lines == null
                ? List.of()
                : lines.lines()
                        .map(line -> line.split(" ", 2))
                        .map(parts -> new NamedYouth(Long.parseLong(parts[0]), parts[1]))
                        .toList();
    }

    /** A row of {@link #CANDIDATE}. */
    public static PossibleYouth candidate(Sql.Row row) {
        return new PossibleYouth(
                row.id("campaign_id"),
                row.id("youth_id"),
                row.text("first_name"),
                row.text("last_name"),
                row.date("birth_date"),
                row.textOrNull("commune_name"),
                row.flag("in_hand"));
    }

    /** A row of {@link #COLUMNS}. */
    public static Inbound inbound(Sql.Row row) {
        return new Inbound(
                row.id("id"),
                row.text("call_sid"),
                row.textOrNull("e164"),
                row.text("shown"),
                row.idOrNull("campaign_id"),
                row.constant(CallerState.class, "state"),
                row.idOrNull("agent_id"),
                row.idOrNull("attempt_id"),
                row.instant("received_at"),
                row.instantOrNull("ended_at"));
    }
}
