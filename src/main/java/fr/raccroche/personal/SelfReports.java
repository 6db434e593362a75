package fr.raccroche.personal;

import fr.raccroche.platform.Sql;
import fr.raccroche.queue.YouthState;
import fr.raccroche.youth.Solution;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What youths say for themselves on their page, in the database. */
public final class SelfReports {

    /** Those that youths can choose for themselves, in the order of their page. */
    static final List<Solution> SOLUTIONS = List.of(
            Solution.SCHOOL,
            Solution.TRAINING,
            Solution.APPRENTICESHIP,
            Solution.EMPLOYMENT,
            Solution.CIVIC_SERVICE,
            Solution.OTHER);

    private SelfReports() {}

    /** Where a youth stands in the queue, locked unless it is only looked at; null when there is none any more. */
    static Uni<@Nullable Standing> standing(Sql sql, long campaignId, long youthId, boolean lock) {
        return sql.query("""
                        select t.first_name, t.birth_date, y.state, y.withdrawn, y.attempts, y.listed_on,
                               exists (select from objection o
                                        where o.youth_id = t.id and o.lifted_at is null) as objected,
                               (select b.due_at from callback b where b.campaign_id = y.campaign_id
                                   and b.youth_id = t.id and b.done_at is null) as call_at
                          from campaign_youth y join youth t on t.id = y.youth_id
                         where y.campaign_id = :campaign and y.youth_id = :youth""" + (lock ? " for update of y" : ""))
                .set("campaign", campaignId)
                .set("youth", youthId)
                .first(row -> new Standing(
                        row.text("first_name"),
                        row.date("birth_date"),
                        row.constant(YouthState.class, "state"),
                        row.flag("objected"),
                        row.flag("withdrawn"),
                        row.integer("attempts"),
                        row.instantOrNull("call_at"),
                        row.dateOrNull("listed_on")));
    }

    /** Keeps the last word of this kind. */
    static Uni<Void> add(
            Sql sql,
            long campaignId,
            long youthId,
            ReportKind kind,
            @Nullable Solution solution,
            @Nullable Instant callAt,
            Instant now) {
        return sql.update("""
                        insert into self_report (campaign_id, youth_id, kind, solution, call_at, reported_at)
                        values (:campaign, :youth, :kind, :solution, :callAt, :now)
                        on conflict (campaign_id, youth_id, kind) do update
                           set solution = excluded.solution, call_at = excluded.call_at,
                               reported_at = excluded.reported_at""")
                .set("campaign", campaignId)
                .set("youth", youthId)
                .set("kind", kind)
                .set("solution", solution)
                .set("callAt", callAt)
                .set("now", now)
                .run();
    }

    /** All that a youth said, in every campaign, oldest first. */
    public static Uni<List<SelfReport>> of(Sql sql, long youthId) {
        return sql.query("select * from self_report where youth_id = :youth order by reported_at")
                .set("youth", youthId)
                .list(row -> new SelfReport(
                        row.constant(ReportKind.class, "kind"),
                        row.constantOrNull(Solution.class, "solution"),
                        row.instantOrNull("call_at"),
                        row.instant("reported_at")));
    }
}
