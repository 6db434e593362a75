package fr.raccroche.handoff;

import fr.raccroche.directory.StructureKind;
import fr.raccroche.handoff.Handoff.EventKind;
import fr.raccroche.handoff.Handoff.Result;
import fr.raccroche.handoff.Handoff.State;
import fr.raccroche.handoff.Routing.Route;
import fr.raccroche.handoff.Routing.RoutedBy;
import fr.raccroche.platform.Sql;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The tables of handoffs. Every change takes the scope of the person who makes it. */
final class Handoffs {

    /** To be added to a question about a handoff {@code h}. */
    static final String IN_SCOPE = """
            and (cast(:scope as bigint) is null or h.structure_id = cast(:scope as bigint))
            """;

    private Handoffs() {}

    /** False when this agreement, or an open handoff of the same youth and kind, is already there. */
    static Uni<Boolean> open(Sql sql, Referral referral, Route route) {
        return sql.update("""
                        insert into handoff (campaign_id, youth_id, outcome_id, kind, structure_id, routed_by, agreed_by,
                                             agreed_at, due_on)
                        select :campaign, :youth, :outcome, :kind, cast(:structure as bigint), :by, :agreedBy, :agreedAt, :dueOn
                        where not exists (select from handoff_event e where e.outcome_id = :outcome)
                        on conflict do nothing""")
                .set("campaign", referral.campaignId())
                .set("youth", referral.youthId())
                .set("outcome", referral.outcomeId())
                .set("kind", referral.kind())
                .set("structure", route.structureId())
                .set("by", route.by())
                .set("agreedBy", referral.agreedBy())
                .set("agreedAt", referral.agreedAt())
                .set("dueOn", referral.deadline().dueOn())
                .count()
                .map(count -> count > 0);
    }

    /** Whether the agreement still holds: it may have been corrected since. Held until this unit of work ends. */
    static Uni<Boolean> stillAgreed(Sql sql, Referral referral) {
        return sql.query("""
                        select id from outcome
                        where id = :outcome and kind = 'REFERRAL' and structure_kind = :kind for share""")
                .set("outcome", referral.outcomeId())
                .set("kind", referral.kind())
                .first(row -> row.id("id"))
                .map(found -> found != null);
    }

    /** Whether a structure has seen, or begun to follow, the handoff that this agreement opened. */
    static Uni<Boolean> isTaken(Sql sql, long outcomeId) {
        return sql.query("""
                        select coalesce(bool_or(t.taken), false) as taken from (
                        select h.state <> 'TO_CALL' or h.first_contact_at is not null
                               or exists (select from handoff_event e where e.handoff_id = h.id
                                             and e.outcome_id is distinct from h.outcome_id)
                               or exists (select from access_log l join account a on a.id = l.account_id
                                           where a.structure_id = h.structure_id and l.action = 'youth-viewed'
                                             and l.subject = 'youth:' || h.youth_id) as taken
                        from handoff h where h.outcome_id = :outcome for update of h) t""").set("outcome", outcomeId).one(row -> row.flag("taken"));
    }

    /** The agreement was none: what nobody saw is as if it had never been sent. */
    static Uni<Void> takeBack(Sql sql, long outcomeId) {
        return sql.update("delete from handoff_event where outcome_id = :outcome")
                .set("outcome", outcomeId)
                .run()
                .chain(() -> sql.update("delete from handoff where outcome_id = :outcome")
                        .set("outcome", outcomeId)
                        .run());
    }

    /** Events come in any order: the earliest agreement is the one that the deadline runs from. */
    static Uni<Void> bringForward(Sql sql, Referral referral) {
        return sql.update("""
                        update handoff set agreed_at = :agreedAt, due_on = :dueOn, version = version + 1
                        where youth_id = :youth and kind = :kind and state <> 'CLOSED' and agreed_at > :agreedAt
                          and renewed_at is null and redirected_from is null""")
                .set("agreedAt", referral.agreedAt())
                .set("dueOn", referral.deadline().dueOn())
                .set("youth", referral.youthId())
                .set("kind", referral.kind())
                .run();
    }

    /**
     * Who agrees again after the structure spoke to them has a new wish, with a date of its own. While the structure still
     * owes the first call, the first date holds.
     */
    static Uni<Void> renew(Sql sql, Referral referral) {
        return sql.update("""
                        update handoff h set state = 'TO_CALL', agreed_at = :agreedAt, agreed_by = :agreedBy, due_on = :dueOn,
                               renewed_at = :agreedAt, version = version + 1
                        where h.youth_id = :youth and h.kind = :kind and h.state = 'CONTACTED' and h.agreed_at < :agreedAt
                          and not exists (select from handoff_event e where e.handoff_id = h.id
                                             and (e.outcome_id = :outcome
                                                  or e.kind = 'CONTACTED' and e.at >= :agreedAt))""")
                .set("agreedAt", referral.agreedAt())
                .set("agreedBy", referral.agreedBy())
                .set("dueOn", referral.deadline().dueOn())
                .set("youth", referral.youthId())
                .set("kind", referral.kind())
                .set("outcome", referral.outcomeId())
                .run();
    }

    /** Once per agreement, on the handoff it opened or on the one that was open already. */
    static Uni<Void> noteSent(Sql sql, Referral referral) {
        return sql.update("""
                        insert into handoff_event (handoff_id, at, kind, outcome_id)
                        select id, :at, 'SENT', :outcome from handoff
                        where youth_id = :youth and kind = :kind and state <> 'CLOSED'
                        on conflict (outcome_id) do nothing""")
                .set("at", referral.agreedAt())
                .set("outcome", referral.outcomeId())
                .set("youth", referral.youthId())
                .set("kind", referral.kind())
                .run();
    }

    /** The handoff, held against others until this unit of work ends; null outside the scope. */
    static Uni<@Nullable Handoff> hold(Sql sql, Scope scope, long id) {
        return sql.query("""
                        select h.id, h.kind, h.structure_id, h.state, h.result, h.first_contact_at, h.closed_at,
                               h.version
                        from handoff h where h.id = :id
                        """ + IN_SCOPE + "for update of h")
                .set("id", id)
                .set("scope", scope.structureId())
                .first(row -> new Handoff(
                        row.id("id"),
                        row.constant(StructureKind.class, "kind"),
                        row.idOrNull("structure_id"),
                        row.constant(State.class, "state"),
                        row.constantOrNull(Result.class, "result"),
                        row.instantOrNull("first_contact_at"),
                        row.instantOrNull("closed_at"),
                        row.integer("version")));
    }

    static Uni<Void> save(Sql sql, Handoff handoff) {
        return sql.update("""
                        update handoff set state = :state, result = :result, first_contact_at = :firstContactAt,
                               closed_at = :closedAt, version = version + 1, returned_seen_at = null
                        where id = :id""")
                .set("state", handoff.state())
                .set("result", handoff.result())
                .set("firstContactAt", handoff.firstContactAt())
                .set("closedAt", handoff.closedAt())
                .set("id", handoff.id())
                .run();
    }

    static Uni<Void> saveStructure(Sql sql, Handoff handoff) {
        return sql.update("""
                        update handoff set structure_id = :structure, routed_by = :by, version = version + 1
                        where id = :id""")
                .set("structure", handoff.structureId())
                .set("by", RoutedBy.SUPERVISOR)
                .set("id", handoff.id())
                .run();
    }

    static Uni<Void> note(Sql sql, long handoffId, Instant at, long accountId, EventKind kind, @Nullable String note) {
        return sql.update("""
                        insert into handoff_event (handoff_id, at, account_id, kind, note)
                        values (:id, :at, :account, :kind, :note)""")
                .set("id", handoffId)
                .set("at", at)
                .set("account", accountId)
                .set("kind", kind)
                .set("note", note)
                .run();
    }

    /** The same for a step from one structure to another; null where a supervisor has to choose. */
    static Uni<Void> noteMove(
            Sql sql,
            long handoffId,
            Instant at,
            long accountId,
            EventKind kind,
            @Nullable Long from,
            @Nullable Long to,
            @Nullable String note) {
        return sql.update("""
                        insert into handoff_event (handoff_id, at, account_id, kind, note, from_structure_id, to_structure_id)
                        values (:id, :at, :account, :kind, cast(:note as text), cast(:from as bigint), cast(:to as bigint))""")
                .set("id", handoffId)
                .set("at", at)
                .set("account", accountId)
                .set("kind", kind)
                .set("note", note)
                .set("from", from)
                .set("to", to)
                .run();
    }

    /**
     * Opens a handoff at another structure, by the same agreement and the same clock; answers its id, or that of the one
     * that is open there already.
     *
     * @param to null when a supervisor has to choose
     */
    static Uni<Long> redirect(Sql sql, long id, StructureKind kind, @Nullable Long to) {
        return sql.query("""
                        with added as (
                            insert into handoff (campaign_id, youth_id, outcome_id, kind, structure_id, routed_by, agreed_by,
                                                 agreed_at, due_on, redirected_from)
                            select h.campaign_id, h.youth_id, h.outcome_id, :kind, cast(:to as bigint), :by, h.agreed_by,
                                   h.agreed_at, h.due_on, h.id
                            from handoff h where h.id = :id
                            on conflict do nothing returning id)
                        select id from added
                        union all
                        select o.id from handoff o join handoff h on h.id = :id and h.youth_id = o.youth_id
                         where o.kind = :kind and o.state <> 'CLOSED' and o.id <> h.id
                        limit 1""")
                .set("id", id)
                .set("kind", kind)
                .set("to", to)
                .set("by", to == null ? RoutedBy.QUEUE : RoutedBy.PARTNER)
                .one(row -> row.id("id"));
    }

    /** Whether the youth of a handoff has another one open, with a structure of the same kind. */
    static Uni<Boolean> hasTwin(Sql sql, long id) {
        return sql.query("""
                        select exists (select from handoff o join handoff h on h.id = :id and h.youth_id = o.youth_id
                                        where o.kind = h.kind and o.state <> 'CLOSED' and o.id <> h.id) as twin""").set("id", id).one(row -> row.flag("twin"));
    }

    /** A supervisor took care of a youth whom the structure could not reach; false when that is done, or is none. */
    static Uni<Boolean> seeReturn(Sql sql, long id, Instant now) {
        return sql.update("""
                        update handoff set returned_seen_at = :now, version = version + 1
                        where id = :id and result in ('UNREACHABLE', 'WRONG_NUMBER') and returned_seen_at is null""").set("now", now).set("id", id).count().map(count -> count == 1);
    }

    /** The next to call back after {@code id} in due order; from the top again when it was the last; null when none. */
    static Uni<@Nullable Long> nextToCall(Sql sql, Scope scope, long id) {
        return sql.query("""
                        select h.id from handoff h join handoff done on done.id = :id
                        where h.state = 'TO_CALL' and h.id <> :id
                        """ + IN_SCOPE + """
                        order by (h.due_on, h.id) < (done.due_on, done.id), h.due_on, h.id limit 1""")
                .set("id", id)
                .set("scope", scope.structureId())
                .first(row -> row.id("id"));
    }
}
