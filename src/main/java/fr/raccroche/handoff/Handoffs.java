package fr.raccroche.handoff;

import fr.raccroche.directory.StructureKind;
import fr.raccroche.handoff.FollowUps.Counts;
import fr.raccroche.handoff.FollowUps.Tab;
import fr.raccroche.handoff.Handoff.EventKind;
import fr.raccroche.handoff.Handoff.Result;
import fr.raccroche.handoff.Handoff.State;
import fr.raccroche.handoff.Routing.Residences;
import fr.raccroche.handoff.Routing.Route;
import fr.raccroche.handoff.Routing.RoutedBy;
import fr.raccroche.platform.FrenchCalendar;
import fr.raccroche.platform.Sql;
import fr.raccroche.platform.Sql.Row;
import fr.raccroche.youth.AgreedBy;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The tables of handoffs. Every question about a handoff takes the scope of the person who asks. */
@ApplicationScoped
class Handoffs {

    static final int PAGE = 100;

    private static final String IN_SCOPE = """
            and (cast(:scope as bigint) is null or h.structure_id = cast(:scope as bigint))
            """;
    private static final String IN_TAB = """
            and case cast(:tab as text)
                when 'LATE' then h.state = 'TO_CALL' and h.due_on < :today
                when 'TO_CALL' then h.state = 'TO_CALL' and h.due_on >= :today
                when 'QUEUE' then h.structure_id is null and h.state <> 'CLOSED'
                 else h.state = cast(:tab as text) end
            """;
    private static final String LINE = """
            select h.id, h.youth_id, y.first_name, y.last_name, y.birth_date, coalesce(c.name, y.commune_name) as commune, h.kind,
                   h.structure_id, s.name as structure, h.agreed_by, h.agreed_at, h.due_on, h.state, h.result, o.note,
                   h.version
            from handoff h
            join youth y on y.id = h.youth_id
            join outcome o on o.id = h.outcome_id
            left join structure s on s.id = h.structure_id
            left join commune c on c.insee = y.commune_insee
            """;

    Uni<Residences> residences(Sql sql, long youthId) {
        return sql.query("""
                        select y.commune_insee as home, g1.commune_insee as guardian1, g2.commune_insee as guardian2
                        from youth y
                        left join legal_guardian g1 on g1.youth_id = y.id and g1.rank = 1
                        left join legal_guardian g2 on g2.youth_id = y.id and g2.rank = 2
                        where y.id = :youth""").set("youth", youthId).one(Handoffs::residences);
    }

    static Residences residences(Row row) {
        return new Residences(row.textOrNull("home"), row.textOrNull("guardian1"), row.textOrNull("guardian2"));
    }

    /** The rule for one kind of structure, loaded for {@code communes}; null loads it for all. */
    Uni<Routing> routing(Sql sql, StructureKind kind, String @Nullable [] communes) {
        return coverage(sql, kind, communes)
                .chain(coverage -> successors(sql).map(successors -> new Routing(coverage, successors)));
    }

    private static Uni<Map<String, Set<Long>>> coverage(Sql sql, StructureKind kind, String @Nullable [] communes) {
        return sql.query("""
                        select c.insee, s.id
                        from commune c
                        join lateral (select t.structure_id as id from territory t where t.insee = c.insee
                                      union select c.mission_locale_id) served on true
                        join structure s on s.id = served.id and s.kind = :kind
                        where cast(:communes as text[]) is null or c.insee = any(cast(:communes as text[]))""")
                .set("kind", kind)
                .set("communes", communes)
                .list(row -> Map.entry(row.text("insee"), row.id("id")))
                .map(pairs -> pairs.stream()
                        .collect(Collectors.groupingBy(
                                Map.Entry::getKey, Collectors.mapping(Map.Entry::getValue, Collectors.toSet()))));
    }

    private static Uni<Map<Long, Long>> successors(Sql sql) {
        return sql.query("select id, successor_id from structure where successor_id is not null")
                .list(row -> Map.entry(row.id("id"), row.id("successor_id")))
                .map(pairs ->
                        pairs.stream().collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue)));
    }

    /** False when this agreement, or an open handoff of the same youth and kind, is already there. */
    Uni<Boolean> open(Sql sql, Referral referral, Route route) {
        return sql.update("""
                        insert into handoff (campaign_id, youth_id, outcome_id, kind, structure_id, routed_by, agreed_by,
                                             agreed_at, due_on)
                        values (:campaign, :youth, :outcome, :kind, :structure, :by, :agreedBy, :agreedAt, :dueOn)
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

    /** Events come in any order: the earliest agreement is the one that the deadline runs from. */
    Uni<Void> bringForward(Sql sql, Referral referral) {
        return sql.update("""
                        update handoff set agreed_at = :agreedAt, due_on = :dueOn, version = version + 1
                        where youth_id = :youth and kind = :kind and state <> 'CLOSED' and agreed_at > :agreedAt""")
                .set("agreedAt", referral.agreedAt())
                .set("dueOn", referral.deadline().dueOn())
                .set("youth", referral.youthId())
                .set("kind", referral.kind())
                .run();
    }

    /** Once per agreement, on the handoff it opened or on the one that was open already. */
    Uni<Void> noteSent(Sql sql, Referral referral) {
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

    Uni<Counts> counts(Sql sql, Scope scope, @Nullable Long structureId, LocalDate today) {
        return sql.query("""
                        select count(*) filter (where h.state = 'TO_CALL' and h.due_on < :today) as late,
                               count(*) filter (where h.state = 'TO_CALL' and h.due_on >= :today) as to_call,
                               count(*) filter (where h.state = 'CONTACTED') as contacted,
                               count(*) filter (where h.state = 'CLOSED') as closed,
                               count(*) filter (where h.structure_id is null and h.state <> 'CLOSED') as queue
                        from handoff h
                        where (cast(:structure as bigint) is null or h.structure_id = cast(:structure as bigint))
                        """ + IN_SCOPE)
                .set("today", today)
                .set("structure", structureId)
                .set("scope", scope.structureId())
                .one(row -> new Counts(
                        row.integer("late"),
                        row.integer("to_call"),
                        row.integer("contacted"),
                        row.integer("closed"),
                        row.integer("queue")));
    }

    /** One page of a tab, nearest deadline first. */
    Uni<List<Line>> lines(Sql sql, Scope scope, Tab tab, @Nullable Long structureId, int page, LocalDate today) {
        return sql.query(LINE + """
                        where (cast(:structure as bigint) is null or h.structure_id = cast(:structure as bigint))
                        """ + IN_SCOPE + IN_TAB + """
                        order by h.due_on, h.id limit :size offset :skipped""")
                .set("structure", structureId)
                .set("scope", scope.structureId())
                .set("tab", tab)
                .set("today", today)
                .set("size", PAGE)
                .set("skipped", PAGE * page)
                .list(row -> line(row, today));
    }

    Uni<@Nullable Line> line(Sql sql, Scope scope, long id, LocalDate today) {
        return sql.query(LINE + "where h.id = :id " + IN_SCOPE)
                .set("id", id)
                .set("scope", scope.structureId())
                .first(row -> line(row, today));
    }

    private static Line line(Row row, LocalDate today) {
        return new Line(
                row.id("id"),
                row.id("youth_id"),
                row.text("first_name"),
                row.text("last_name"),
                row.date("birth_date"),
                row.textOrNull("commune"),
                row.constant(StructureKind.class, "kind"),
                row.idOrNull("structure_id"),
                row.textOrNull("structure"),
                row.constant(AgreedBy.class, "agreed_by"),
                row.instant("agreed_at"),
                row.date("due_on"),
                row.constant(State.class, "state"),
                row.constantOrNull(Result.class, "result"),
                row.textOrNull("note"),
                row.integer("version"),
                today);
    }

    Uni<Boolean> objected(Sql sql, long handoffId) {
        return sql.query("""
                        select exists (select 1 from handoff h join objection j on j.youth_id = h.youth_id
                                       where h.id = :id and j.lifted_at is null) as objected""").set("id", handoffId).one(row -> row.flag("objected"));
    }

    /** Numbers of the youth, those that work first. */
    Uni<List<Dossier.Phone>> numbers(Sql sql, long handoffId) {
        return sql.query("""
                        select p.e164, p.owner, p.state not in ('WRONG', 'NOT_IN_SERVICE') as usable,
                               nullif(concat_ws(' ', g.first_name, g.last_name), '') as guardian
                        from handoff h
                        join phone_number p on p.youth_id = h.youth_id
                        left join legal_guardian g on g.youth_id = p.youth_id
                             and g.rank = case p.owner when 'GUARDIAN1' then 1 when 'GUARDIAN2' then 2 end
                        where h.id = :id
                        order by usable desc, p.state = 'VALID' desc, p.rank, p.id""")
                .set("id", handoffId)
                .list(row -> new Dossier.Phone(
                        row.text("e164"), row.text("owner"), row.textOrNull("guardian"), row.flag("usable")));
    }

    Uni<List<Dossier.Entry>> history(Sql sql, long handoffId) {
        return sql.query("""
                        select e.at, e.kind, a.display_name, e.note
                        from handoff_event e left join account a on a.id = e.account_id
                        where e.handoff_id = :id order by e.at, e.id""")
                .set("id", handoffId)
                .list(row -> new Dossier.Entry(
                        row.instant("at"),
                        row.constant(EventKind.class, "kind"),
                        row.textOrNull("display_name"),
                        row.textOrNull("note")));
    }

    /** The handoff, held against others until this unit of work ends; null outside the scope. */
    Uni<@Nullable Handoff> hold(Sql sql, Scope scope, long id) {
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

    Uni<Void> save(Sql sql, Handoff handoff) {
        return sql.update("""
                        update handoff set state = :state, result = :result, first_contact_at = :firstContactAt,
                               closed_at = :closedAt, version = version + 1
                        where id = :id""")
                .set("state", handoff.state())
                .set("result", handoff.result())
                .set("firstContactAt", handoff.firstContactAt())
                .set("closedAt", handoff.closedAt())
                .set("id", handoff.id())
                .run();
    }

    Uni<Void> saveStructure(Sql sql, Handoff handoff) {
        return sql.update("""
                        update handoff set structure_id = :structure, routed_by = :by, version = version + 1
                        where id = :id""")
                .set("structure", handoff.structureId())
                .set("by", RoutedBy.SUPERVISOR)
                .set("id", handoff.id())
                .run();
    }

    Uni<Void> note(Sql sql, long handoffId, Instant at, long accountId, EventKind kind, @Nullable String note) {
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

    /** The next to call back after {@code id} in due order; from the top again when it was the last; null when none. */
    Uni<@Nullable Long> nextToCall(Sql sql, Scope scope, long id) {
        return sql.query("""
                        select h.id from handoff h join handoff done on done.id = :id
                        where h.state = 'TO_CALL' and h.id <> :id
                        """ + IN_SCOPE + """
                        order by (h.due_on, h.id) < (done.due_on, done.id), h.due_on, h.id limit 1""")
                .set("id", id)
                .set("scope", scope.structureId())
                .first(row -> row.id("id"));
    }

    /** Structures in office that handoffs go to. */
    Uni<List<Recipient>> structures(Sql sql) {
        return sql.query("""
                        select id, kind, name from structure
                        where kind in ('CIO', 'MISSION_LOCALE') and successor_id is null order by kind, name, id""")
                .list(row -> new Recipient(row.id("id"), row.constant(StructureKind.class, "kind"), row.text("name")));
    }

    /** For programs: the handoffs of one campaign, or of all. */
    Uni<List<Sent>> sent(Sql sql, Scope scope, @Nullable Long campaignId) {
        return sql.query("""
                        select h.youth_id, y.ine, s.name as structure, h.kind, h.agreed_at, h.due_on, h.state
                        from handoff h
                        join youth y on y.id = h.youth_id
                        left join structure s on s.id = h.structure_id
                        where (cast(:campaign as bigint) is null or h.campaign_id = cast(:campaign as bigint))
                        """ + IN_SCOPE + """
                        order by h.id""")
                .set("campaign", campaignId)
                .set("scope", scope.structureId())
                .list(row -> new Sent(
                        row.id("youth_id"),
                        row.textOrNull("ine"),
                        row.textOrNull("structure"),
                        row.constant(StructureKind.class, "kind"),
                        row.instant("agreed_at").atZone(FrenchCalendar.PARIS).toLocalDate(),
                        row.date("due_on"),
                        row.constant(State.class, "state")));
    }
}
