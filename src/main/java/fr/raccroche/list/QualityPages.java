package fr.raccroche.list;

import fr.raccroche.list.Lists.Overview;
import fr.raccroche.list.Quality.School;
import fr.raccroche.list.row.Column;
import fr.raccroche.list.row.Mapping;
import fr.raccroche.list.table.WorkbookWriter;
import fr.raccroche.platform.Database;
import fr.raccroche.platform.French;
import fr.raccroche.platform.FrenchCalendar;
import fr.raccroche.platform.InTurn;
import fr.raccroche.platform.Json;
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
import java.io.IOException;
import java.io.OutputStream;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The quality report of a list: on a page, and as a workbook that goes back to whoever drew it. */
@Path("/")
@RolesAllowed(Role.IS_SUPERVISOR)
class QualityPages {

    private static final String XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    private static final int REJECTS_AT_ONCE = 2_000;
    private static final int SCHOOLS_SHOWN = 200;

    private final Database database;
    private final Json json;
    private final QualityMessages messages;
    private final ListMessages lists;
    private final SecurityIdentity identity;
    private final Clock clock;

    QualityPages(
            Database database,
            Json json,
            QualityMessages messages,
            ListMessages lists,
            SecurityIdentity identity,
            Clock clock) {
        this.database = database;
        this.json = json;
        this.messages = messages;
        this.lists = lists;
        this.identity = identity;
        this.clock = clock;
    }

    /** One figure of the whole list, as it is shown. */
    record Measure(String label, String value) {}

    /** One school, its figures as they are shown in the order of the columns. */
    record Row(String school, List<String> cells) {}

    record View(Overview list, List<Measure> whole, List<String> columns, List<Row> schools, boolean more, int few) {}

    @CheckedTemplate
    static class Templates {
        static native TemplateInstance quality(View view);
    }

    private record Report(Overview list, Quality quality) {}

    @GET
    @Path("lists/{id:\\d+}/quality")
    @Produces(MediaType.TEXT_HTML)
    public Uni<TemplateInstance> page(long id) {
        return database.inTransaction(sql -> report(sql, id)).map(report -> Templates.quality(view(report)));
    }

    @GET
    @Path("lists/{id:\\d+}/quality.xlsx")
    @Produces(XLSX)
    @Blocking
    public Response workbook(long id) {
        Account account = Account.of(identity);
        Report report = database.inTransaction(sql -> report(sql, id)
                        .call(() -> AccessLog.record(sql, account, AccessAction.QUALITY_EXPORTED, "list:" + id)))
                .await()
                .indefinitely();
        LocalDate today = LocalDate.now(clock.withZone(FrenchCalendar.PARIS));
        StreamingOutput workbook = out -> write(report, today, out);
        return Response.ok(workbook)
                .header("Content-Disposition", "attachment; filename=\"qualite-liste-%d.xlsx\"".formatted(id))
                .build();
    }

    private Uni<Report> report(Sql sql, long id) {
        return Lists.byId(sql, id)
                .onItem()
                .ifNull()
                .failWith(() -> Problem.notFound(lists.noSuchList()))
                .chain(list -> Lists.schools(sql, id)
                        .chain(counts -> Lists.loadsSinceComplete(sql, id)
                                .chain(loads -> rejections(sql, loads, new Quality.Rejections()))
                                .map(rejections -> new Report(list, Quality.of(counts, rejections)))));
    }

    private Uni<Quality.Rejections> rejections(Sql sql, List<Lists.LoadColumns> loads, Quality.Rejections rejections) {
        return InTurn.each(loads, load -> {
                    int place = Objects.requireNonNullElse(
                            Mapping.fromJson(load.mapping()).places().get(Column.UAI_DERNIER_ETABLISSEMENT), -1);
                    return rejections(sql, load.id(), place, 0, rejections);
                })
                .replaceWith(rejections);
    }

    private Uni<Void> rejections(Sql sql, long load, int place, int after, Quality.Rejections rejections) {
        return Lists.rejects(sql, load, null, after, REJECTS_AT_ONCE).chain(rows -> {
            rows.forEach(row -> rejections.add(cell(row.cells(), place), row.issue(), row.field()));
            return rows.size() < REJECTS_AT_ONCE
                    ? Nothing.happens()
                    : rejections(sql, load, place, rows.getLast().line(), rejections);
        });
    }

    private String cell(String cells, int place) {
        String[] row = json.read(cells, String[].class);
        return place < 0 || place >= row.length ? "" : row[place];
    }

    private View view(Report report) {
        List<String> columns = columns();
        List<Object> whole = cells(report.quality().whole());
        var measures = new ArrayList<Measure>();
        for (int i = 0; i < columns.size(); i++) {
            measures.add(new Measure(columns.get(i), shown(whole.get(i))));
        }
        List<School> schools = report.quality().schools();
        return new View(
                report.list(),
                measures,
                columns,
                schools.stream()
                        .limit(SCHOOLS_SHOWN)
                        .map(school -> new Row(
                                name(school),
                                cells(school).stream().map(QualityPages::shown).toList()))
                        .toList(),
                schools.size() > SCHOOLS_SHOWN,
                Quality.FEW);
    }

    private String name(School school) {
        return school.uai().equals(Quality.NO_SCHOOL) ? messages.noSchool() : school.uai();
    }

    private List<String> columns() {
        return List.of(
                messages.rows(),
                messages.people(),
                messages.withPhone(),
                messages.noPhone(),
                messages.noBirthDate(),
                messages.under16(),
                messages.duplicates(),
                messages.rejected(),
                messages.corrected(),
                messages.doubtful(),
                messages.withdrawn(),
                messages.called(),
                messages.reached(),
                messages.inSolution(),
                messages.dead());
    }

    /** In the order of {@link #columns}: a number, a share, or why there is none. */
    private List<Object> cells(School school) {
        return List.of(
                school.rows(),
                school.people(),
                share(school.withPhone()),
                school.noPhone(),
                school.noBirthDate(),
                school.under16(),
                school.duplicates(),
                school.rejectedRows(),
                school.corrected(),
                school.doubtful(),
                school.withdrawn(),
                school.called(),
                school.reached(),
                school.reached() > 0 && !school.tellsResults() ? messages.tooFew() : share(school.inSolutionShare()),
                share(school.deadShare()));
    }

    private static Object share(@Nullable Double share) {
        return share == null ? "—" : new WorkbookWriter.Share(share);
    }

    private static String shown(Object cell) {
        return switch (cell) {
            case Integer number -> French.number(number);
            case WorkbookWriter.Share share -> French.percent(share.part());
            default -> cell.toString();
        };
    }

    private void write(Report report, LocalDate today, OutputStream out) throws IOException {
        try (var workbook = new WorkbookWriter(out)) {
            workbook.sheet(messages.whole(), List.of(messages.measure(), messages.value()));
            workbook.row(List.of(messages.list(), report.list().name()));
            workbook.row(List.of(
                    messages.source(), Objects.requireNonNullElse(report.list().source(), "—")));
            workbook.row(List.of(messages.day(), today));
            List<String> columns = columns();
            List<Object> whole = cells(report.quality().whole());
            for (int i = 0; i < columns.size(); i++) {
                workbook.row(List.of(columns.get(i), whole.get(i)));
            }
            workbook.row(Arrays.asList(messages.few(Quality.FEW), null));
            workbook.row(Arrays.asList(messages.scope(), null));
            var header = new ArrayList<String>();
            header.add(messages.school());
            header.addAll(columns);
            workbook.sheet(messages.bySchool(), header);
            for (School school : report.quality().schools()) {
                var row = new ArrayList<Object>();
                row.add(name(school));
                row.addAll(cells(school));
                workbook.row(row);
            }
        }
    }
}
