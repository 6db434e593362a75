package fr.raccroche.handoff;

import fr.raccroche.directory.StructureKind;
import fr.raccroche.handoff.FollowUps.Counts;
import fr.raccroche.handoff.FollowUps.Tab;
import fr.raccroche.handoff.Handoff.EventKind;
import fr.raccroche.handoff.Handoff.Result;
import fr.raccroche.handoff.Handoff.State;
import fr.raccroche.platform.FrenchCalendar;
import fr.raccroche.platform.Sql;
import fr.raccroche.platform.Sql.Row;
import fr.raccroche.youth.AgreedBy;
import io.smallrye.mutiny.Uni;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Handoffs as people see them: lists, dossiers, files for programs. Every question takes the scope of the person who asks. */
final class Lines {

    static final int PAGE = 100;

    private static final String IN_TAB = """
            and case cast(:tab as text)
                when 'LATE' then h.state = 'TO_CALL' and h.due_on < :today
                when 'TO_CALL' then h.state = 'TO_CALL' and h.due_on >= :today
                when 'QUEUE' then h.structure_id is null and h.state <> 'CLOSED'
                when 'RETURNED' then h.result in ('UNREACHABLE', 'WRONG_NUMBER') and h.returned_seen_at is null
                 else h.state = cast(:tab as text) end
            """;
    private static final String LINE = """
            select h.id, h.youth_id, y.first_name, y.last_name, y.birth_date, coalesce(c.name, y.commune_name) as commune, h.kind,
                   h.structure_id, s.name as structure, h.agreed_by, h.agreed_at, h.due_on, h.state, h.result, o.note,
                   h.version, h.renewed_at, h.closed_at, h.returned_seen_at is not null as return_seen,
                   h.first_contact_at is not null as contacted
            from handoff h
            join youth y on y.id = h.youth_id
            join outcome o on o.id = coalesce((select e.outcome_id from handoff_event e
                                                where e.handoff_id = h.id and e.kind = 'SENT'
                                                order by e.at desc, e.id desc limit 1), h.outcome_id)
            left join structure s on s.id = h.structure_id
            left join commune c on c.insee = y.commune_insee
            """;

    private Lines() {}

    static Uni<Counts> counts(Sql sql, Scope scope, @Nullable Long structureId, LocalDate today) {
        return sql.query("""
                        select count(*) filter (where h.state = 'TO_CALL' and h.due_on < :today) as late,
                               count(*) filter (where h.state = 'TO_CALL' and h.due_on >= :today) as to_call,
                               count(*) filter (where h.state = 'CONTACTED') as contacted,
                               count(*) filter (where h.state = 'CLOSED') as closed,
                               count(*) filter (where h.structure_id is null and h.state <> 'CLOSED') as queue,
                               count(*) filter (where h.result in ('UNREACHABLE', 'WRONG_NUMBER')
                                                  and h.returned_seen_at is null) as returned
                        from handoff h
                        where (cast(:structure as bigint) is null or h.structure_id = cast(:structure as bigint))
                        """ + Handoffs.IN_SCOPE)
                .set("today", today)
                .set("structure", structureId)
                .set("scope", scope.structureId())
                .one(row -> new Counts(
                        row.integer("late"),
                        row.integer("to_call"),
                        row.integer("contacted"),
                        row.integer("closed"),
                        row.integer("queue"),
                        scope.structureId() == null ? row.integer("returned") : 0));
    }

    /** One page of a tab, nearest deadline first. */
    static Uni<List<Line>> lines(Sql sql, Scope scope, Tab tab, @Nullable Long structureId, int page, LocalDate today) {
        return sql.query(LINE + """
                        where (cast(:structure as bigint) is null or h.structure_id = cast(:structure as bigint))
                        """ + Handoffs.IN_SCOPE + IN_TAB + """
                        order by h.due_on, h.id limit :size offset :skipped""")
                .set("structure", structureId)
                .set("scope", scope.structureId())
                .set("tab", tab)
                .set("today", today)
                .set("size", PAGE)
                .set("skipped", PAGE * page)
                .list(row -> line(row, today));
    }

    static Uni<@Nullable Line> line(Sql sql, Scope scope, long id, LocalDate today) {
        return sql.query(LINE + "where h.id = :id " + Handoffs.IN_SCOPE)
                .set("id", id)
                .set("scope", scope.structureId())
                .first(row -> line(row, today));
    }

    private static Line line(Row row, LocalDate today) {
        return new Line(
                row.id("id"),
                new Callee(
                        row.id("youth_id"),
                        row.text("first_name"),
                        row.text("last_name"),
                        row.date("birth_date"),
                        row.textOrNull("commune")),
                row.constant(StructureKind.class, "kind"),
                row.idOrNull("structure_id"),
                row.textOrNull("structure"),
                new Agreement(
                        row.constant(AgreedBy.class, "agreed_by"), row.instant("agreed_at"), row.textOrNull("note")),
                row.date("due_on"),
                row.constant(State.class, "state"),
                row.constantOrNull(Result.class, "result"),
                row.integer("version"),
                new Line.Progress(
                        row.instantOrNull("renewed_at"),
                        row.instantOrNull("closed_at"),
                        row.flag("return_seen"),
                        row.flag("contacted")),
                today);
    }

    static Uni<Boolean> objected(Sql sql, long handoffId) {
        return sql.query("""
                        select exists (select 1 from handoff h join objection j on j.youth_id = h.youth_id
                                       where h.id = :id and j.lifted_at is null) as objected""").set("id", handoffId).one(row -> row.flag("objected"));
    }

    /** Numbers of the youth, those that work first. */
    static Uni<List<Dossier.Phone>> numbers(Sql sql, long handoffId) {
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

    static Uni<List<Dossier.Entry>> history(Sql sql, long handoffId) {
        return sql.query("""
                        select e.at, e.kind, a.display_name, e.note, f.name as from_name, t.name as to_name
                        from handoff_event e left join account a on a.id = e.account_id
                        left join structure f on f.id = e.from_structure_id
                        left join structure t on t.id = e.to_structure_id
                        where e.handoff_id = :id order by e.at, e.id""")
                .set("id", handoffId)
                .list(row -> new Dossier.Entry(
                        row.instant("at"),
                        row.constant(EventKind.class, "kind"),
                        row.textOrNull("display_name"),
                        row.textOrNull("note"),
                        row.textOrNull("from_name"),
                        row.textOrNull("to_name")));
    }

    static Uni<Dossier.Particulars> particulars(Sql sql, long handoffId) {
        return sql.query("""
                        select y.email, y.address, y.postal_code, y.last_training
                        from handoff h join youth y on y.id = h.youth_id where h.id = :id""")
                .set("id", handoffId)
                .one(row -> new Dossier.Particulars(
                        row.textOrNull("email"),
                        row.textOrNull("address"),
                        row.textOrNull("postal_code"),
                        row.textOrNull("last_training")));
    }

    /** Where a handoff went that {@code structureId} had before; null when that structure has it, or never had. */
    static Uni<@Nullable Moved> moved(Sql sql, long handoffId, @Nullable Long structureId) {
        return sql.query("""
                        select s.name, e.at from handoff_event e
                        join handoff h on h.id = e.handoff_id
                        left join structure s on s.id = h.structure_id
                        where e.handoff_id = :id and e.from_structure_id = cast(:mine as bigint) and e.kind = 'ASSIGNED'
                          and h.structure_id is distinct from cast(:mine as bigint)
                        order by e.id desc limit 1""")
                .set("id", handoffId)
                .set("mine", structureId)
                .first(row -> new Moved(row.textOrNull("name"), row.instant("at")));
    }

    /** For programs: the handoffs of one campaign, or of all. */
    static Uni<List<Sent>> sent(Sql sql, Scope scope, @Nullable Long campaignId) {
        return sql.query("""
                        select h.youth_id, y.ine, s.name as structure, h.kind, h.agreed_at, h.due_on, h.state
                        from handoff h
                        join youth y on y.id = h.youth_id
                        left join structure s on s.id = h.structure_id
                        where (cast(:campaign as bigint) is null or h.campaign_id = cast(:campaign as bigint))
                        """ + Handoffs.IN_SCOPE + """
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
