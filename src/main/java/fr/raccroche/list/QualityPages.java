package fr.raccroche.list;

import fr.raccroche.list.row.Column;
import fr.raccroche.list.row.Mapping;
import fr.raccroche.list.table.WorkbookWriter;
import fr.raccroche.platform.Database;
import fr.raccroche.platform.FrenchCalendar;
import fr.raccroche.platform.Nothing;
import fr.raccroche.platform.Problem;
import fr.raccroche.platform.Sql;
import fr.raccroche.security.AccessAction;
import fr.raccroche.security.AccessLog;
import fr.raccroche.security.Account;
import fr.raccroche.security.Role;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;

/** The quality report of a list: on a page, and as a workbook that goes back to whoever drew it. */
@Path("/")
@RolesAllowed(Role.IS_SUPERVISOR)
class QualityPages {

    private static final int REJECTS_AT_ONCE = 2_000;

    private final Database database;
    private final QualityTable table;
    private final ListMessages lists;
    private final SecurityIdentity identity;
    private final Clock clock;

    QualityPages(Database database, QualityTable table, ListMessages lists, SecurityIdentity identity, Clock clock) {
        this.database = database;
        this.table = table;
        this.lists = lists;
        this.identity = identity;
        this.clock = clock;
    }

    @CheckedTemplate
    static class Templates {
        static native TemplateInstance quality(QualityTable.QualityView view);
    }

    private record Report(ListOverview list, Quality quality) {}

    @GET
    @Path("lists/{id:\\d+}/quality")
    @Produces(MediaType.TEXT_HTML)
    public Uni<TemplateInstance> page(long id) {
        return database.inTransaction(sql -> report(sql, id))
                .map(report -> Templates.quality(table.view(report.list(), report.quality())));
    }

    @GET
    @Path("lists/{id:\\d+}/quality.xlsx")
    @Produces(WorkbookWriter.MEDIA_TYPE)
    @Blocking
    public Response workbook(long id) {
        Account account = Account.of(identity);
        Report report = database.inTransaction(sql -> report(sql, id)
                        .call(() -> AccessLog.record(sql, account, AccessAction.QUALITY_EXPORTED, "list:" + id)))
                .await()
                .indefinitely();
        LocalDate today = LocalDate.now(clock.withZone(FrenchCalendar.PARIS));
        StreamingOutput workbook = out -> table.write(report.list(), report.quality(), today, out);
        return Response.ok(workbook)
                .header("Content-Disposition", "attachment; filename=\"qualite-liste-%d.xlsx\"".formatted(id))
                .build();
    }

    private Uni<Report> report(Sql sql, long id) {
        return Lists.byId(sql, id)
                .onItem()
                .ifNull()
                .failWith(() -> Problem.notFound(lists.noSuchList()))
                .chain(list -> quality(sql, id).map(quality -> new Report(list, quality)));
    }

    private static Uni<Quality> quality(Sql sql, long id) {
        return Schools.ofList(sql, id)
                .chain(counts -> Loads.sinceComplete(sql, id)
                        .chain(loads -> rejections(sql, loads))
                        .map(rejections -> Quality.of(counts, rejections)));
    }

    private static Uni<SchoolRejections> rejections(Sql sql, List<LoadColumns> loads) {
        var rejections = new SchoolRejections();
        Uni<Void> all = Nothing.happens();
        for (LoadColumns load : loads) {
            int place = Objects.requireNonNullElse(
                    Mapping.fromJson(load.mapping()).places().get(Column.UAI_DERNIER_ETABLISSEMENT), -1);
            all = all.chain(() -> rejections(sql, load.id(), place, 0, rejections));
        }
        return all.replaceWith(rejections);
    }

    private static Uni<Void> rejections(Sql sql, long load, int place, int after, SchoolRejections rejections) {
        return Findings.rejects(sql, load, null, after, REJECTS_AT_ONCE).chain(rows -> {
            rows.forEach(row -> rejections.add(cell(row, place), row.issue(), row.field()));
            return rows.size() < REJECTS_AT_ONCE
                    ? Nothing.happens()
                    : rejections(sql, load, place, rows.getLast().line(), rejections);
        });
    }

    private static String cell(RejectedRow row, int place) {
        List<String> cells = row.cells();
        return place < 0 || place >= cells.size() ? "" : cells.get(place);
    }
}
