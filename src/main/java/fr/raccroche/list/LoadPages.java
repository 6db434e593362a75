package fr.raccroche.list;

import static fr.raccroche.platform.French.dayAndYear;
import static fr.raccroche.platform.French.number;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import fr.raccroche.list.Lists.LoadView;
import fr.raccroche.list.Load.State;
import fr.raccroche.list.row.Column;
import fr.raccroche.list.row.Mapping;
import fr.raccroche.list.row.RowIssue;
import fr.raccroche.list.table.Layout;
import fr.raccroche.list.table.Refused;
import fr.raccroche.platform.Database;
import fr.raccroche.platform.Problem;
import fr.raccroche.platform.Sql;
import fr.raccroche.security.AccessAction;
import fr.raccroche.security.AccessLog;
import fr.raccroche.security.Account;
import fr.raccroche.security.Role;
import fr.raccroche.youth.IdentityMatch.Doubt;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** One file on its way into a list: its columns, its progress, what it would do, what became of it. */
@Path("/")
@RolesAllowed(Role.IS_SUPERVISOR)
@Produces(MediaType.TEXT_HTML)
class LoadPages {

    private static final int FIRST_ROWS = 4;
    private static final int SHOWN = 20;
    private static final int REJECTS_AT_ONCE = 500;
    private static final int VERSIONS_LOOKED_AT = 100;
    private static final int LONGEST_SAMPLE = 40;
    private static final int LONGEST_LINE = 160;
    private static final Pattern QUOTED = Pattern.compile("[\"\\r\\n]");
    private static final String CSV = "text/csv; charset=UTF-8";
    private static final String XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    private static final Pattern NAME_OF_REJECTS = Pattern.compile("rejets-(\\d{1,18})\\b.*");

    private final Database database;
    private final ListLoads loads;
    private final ObjectMapper json;
    private final LoadMessages messages;
    private final ListMessages lists;
    private final SecurityIdentity identity;
    private final Clock clock;

    LoadPages(
            Database database,
            ListLoads loads,
            ObjectMapper json,
            LoadMessages messages,
            ListMessages lists,
            SecurityIdentity identity,
            Clock clock) {
        this.database = database;
        this.loads = loads;
        this.json = json;
        this.messages = messages;
        this.lists = lists;
        this.identity = identity;
        this.clock = clock;
    }

    @CheckedTemplate
    static class Templates {
        static native TemplateInstance mapping(MappingView view);

        static native TemplateInstance working(WorkingView view);

        static native TemplateInstance working$progress(WorkingView view);

        static native TemplateInstance effect(EffectView view);

        static native TemplateInstance ended(EndedView view);
    }

    /** One column of the file with its first cells, and what it becomes; empty when it is not read. */
    record FileColumn(String header, List<String> cells, String chosen, boolean wrong) {}

    /** Something to choose from. */
    record Choice(String value, String label, boolean chosen) {}

    /** One of the first lines of a file, to find the names of its columns among them. */
    record TopLine(int number, String text) {}

    /**
     * The columns of a file for the eye.
     *
     * @param lines how many first rows are shown
     * @param error why the last thing asked for was not done; null when nothing failed
     */
    record MappingView(
            LoadView load,
            String layout,
            boolean workbook,
            List<Choice> charsets,
            List<Choice> separators,
            List<Choice> sheets,
            int headerLine,
            List<TopLine> top,
            List<Integer> lines,
            List<FileColumn> columns,
            List<Choice> choices,
            List<String> problems,
            boolean rejectFile,
            List<Choice> targets,
            List<String> notes,
            @Nullable String error) {}

    /** @param rate rows a second, or null while that is unknown */
    record WorkingView(LoadView load, @Nullable String rate, long at) {

        public boolean comparing() {
            return load.state() == State.READING && load.percent() >= 100;
        }

        public boolean reading() {
            return load.state() == State.READING;
        }
    }

    /** One line of the balance. */
    record Line(String label, String count, String hint, List<Example> examples) {}

    /** One person in an example. */
    record Example(String name, String detail) {}

    record RejectView(int line, String field, String reason) {}

    /** @param alarms what somebody has to agree to first */
    record EffectView(
            LoadView load,
            List<Line> balance,
            boolean update,
            boolean nothing,
            List<String> notes,
            List<String> alarms,
            int rejected,
            boolean under16,
            List<RejectView> rejects,
            List<Lists.Dropped> dropped,
            List<Lists.Corrected> corrected,
            @Nullable String error) {}

    /** @param figures what a loaded file did; empty for every other end */
    record EndedView(
            LoadView load,
            String title,
            String sentence,
            boolean good,
            List<Line> figures,
            int rejected,
            int doubtful,
            boolean undoable,
            @Nullable String notUndone) {}

    /** A load for programs. */
    record LoadJson(
            long id,
            State state,
            @Nullable Long list,
            String listName,
            String fileName,
            boolean complete,
            boolean mapped,
            long fileBytes,
            long bytesRead,
            int rowsRead,
            int rowsRejected,
            @Nullable Integer version,
            @Nullable Preview preview,
            @Nullable RefusalJson refusal) {}

    record RefusalJson(String code, String detail) {}

    @GET
    @Path("lists/loads/{id:\\d+}")
    public Uni<TemplateInstance> load(
            long id,
            @RestQuery @Nullable String charset,
            @RestQuery @Nullable String separator,
            @RestQuery @Nullable String sheet,
            @RestQuery @Nullable Integer headerLine) {
        return find(id).chain(load -> switch (load.state()) {
            case MAPPING -> mapping(load, LayoutChoices.chosen(charset, separator, sheet, headerLine, messages), null);
            case PREVIEW -> effect(load, null);
            case QUEUED, READING, CONFIRMED, APPLYING, UNDOING ->
                Uni.createFrom().item(Templates.working(working(load, null, null)));
            case DONE, REFUSED, CANCELED, UNDONE -> ended(load);
        });
    }

    /** How far a load is, again and again; once it needs somebody, the whole page is asked for. */
    @GET
    @Path("lists/loads/{id:\\d+}/progress")
    public Uni<Response> progress(long id, @RestQuery @Nullable Integer rows, @RestQuery @Nullable Long at) {
        return find(id).map(load -> load.state().isWorking()
                ? Response.ok(Templates.working$progress(working(load, rows, at)))
                        .build()
                : Response.ok().header("HX-Refresh", "true").build());
    }

    @GET
    @Path("lists/loads/{id:\\d+}.json")
    @Produces(MediaType.APPLICATION_JSON)
    public Uni<LoadJson> json(long id) {
        return database.inTransaction(sql ->
                found(sql, id).chain(load -> Lists.mapping(sql, id).map(mapping -> json(load, mapping))));
    }

    /** What was chosen for the columns of a file. */
    @POST
    @Path("lists/loads/{id:\\d+}/mapping")
    public Uni<Response> map(
            long id,
            @RestForm("column") @Nullable List<String> columns,
            @RestForm @Nullable String charset,
            @RestForm @Nullable String separator,
            @RestForm @Nullable String sheet,
            @RestForm @Nullable Integer headerLine) {
        Account account = Account.of(identity);
        return find(id).chain(load -> loads.look(
                        id, LayoutChoices.chosen(charset, separator, sheet, headerLine, messages), FIRST_ROWS)
                .chain(look -> {
                    Mapping chosen = chosen(look.mapping(), columns);
                    return chosen.complete()
                            ? loads.map(id, chosen)
                                    .invoke(this::refuseMoved)
                                    .chain(() -> record(account, AccessAction.LIST_MAPPED, id))
                                    .replaceWith(toLoad(id))
                            : columnsOf(load, look.withMapping(chosen), null)
                                    .map(page -> Response.status(Response.Status.BAD_REQUEST)
                                            .entity(page)
                                            .build());
                }));
    }

    private Mapping chosen(Mapping read, @Nullable List<String> columns) {
        if (columns == null || columns.isEmpty()) {
            return read;
        }
        if (columns.size() != read.headers().size()) {
            throw Problem.conflict("columns-moved", messages.columnsMoved());
        }
        var chosen = new ArrayList<@Nullable Column>();
        for (String name : columns) {
            chosen.add(Column.all().stream()
                    .filter(column -> column.name().equals(name))
                    .findFirst()
                    .orElse(null));
        }
        return new Mapping(read.layout(), read.headers(), chosen);
    }

    /** Another list for a file that waits for its columns. */
    @POST
    @Path("lists/loads/{id:\\d+}/target")
    public Uni<Response> target(long id, @RestForm @Nullable Long list, @RestForm @Nullable String complete) {
        Account account = Account.of(identity);
        return find(id).chain(load -> list == null
                        ? Uni.createFrom().voidItem()
                        : database.inTransaction(sql -> Lists.byId(sql, list))
                                .invoke(found -> refuseUnfit(load, found))
                                .replaceWithVoid())
                .chain(() -> loads.assign(id, list, !"no".equals(complete)))
                .invoke(this::refuseMoved)
                .chain(() -> record(account, AccessAction.LIST_ASSIGNED, id))
                .replaceWith(toLoad(id));
    }

    @POST
    @Path("lists/loads/{id:\\d+}/columns")
    public Uni<Response> remap(long id) {
        return change(id, AccessAction.LIST_REMAPPED, loads::remap);
    }

    /** Does what the preview says; an alarming one only when somebody said that it is meant. */
    @POST
    @Path("lists/loads/{id:\\d+}/confirm")
    public Uni<Response> confirm(long id, @RestForm @Nullable String agreed) {
        Account account = Account.of(identity);
        return find(id).chain(load -> {
            if (load.state() == State.PREVIEW && agreed == null && preview(load).isAlarming()) {
                return effect(load, messages.agreeFirst())
                        .map(page -> Response.status(Response.Status.BAD_REQUEST)
                                .entity(page)
                                .build());
            }
            return loads.confirm(id)
                    .invoke(this::refuseMoved)
                    .chain(() -> record(account, AccessAction.LIST_CONFIRMED, id))
                    .replaceWith(toLoad(id));
        });
    }

    @POST
    @Path("lists/loads/{id:\\d+}/cancel")
    public Uni<Response> cancel(long id) {
        return change(id, AccessAction.LIST_CANCELED, loads::cancel);
    }

    @POST
    @Path("lists/loads/{id:\\d+}/undo")
    public Uni<Response> undo(long id) {
        long account = Account.of(identity).id();
        return change(id, AccessAction.LIST_UNDONE, load -> loads.undo(load, account));
    }

    /**
     * The rejected rows in the layout of their file.
     *
     * @param reason only these; null for all
     */
    @GET
    @Path("lists/loads/{id:\\d+}/rejects")
    @Produces(MediaType.WILDCARD)
    @Blocking
    public Response rejects(long id, @RestQuery @Nullable RowIssue reason) {
        Account account = Account.of(identity);
        String mapping = database.inTransaction(sql -> found(sql, id)
                        .chain(() -> AccessLog.record(sql, account, AccessAction.REJECTS_EXPORTED, "load:" + id))
                        .chain(() -> Lists.mapping(sql, id)))
                .await()
                .indefinitely();
        if (mapping == null) {
            throw Problem.notFound(messages.noRejects());
        }
        Mapping read = Mapping.fromJson(mapping);
        boolean workbook = read.layout().kind() == Layout.Kind.WORKBOOK;
        String name = reason == RowIssue.UNDER_16 ? "moins-de-16-ans-" : "rejets-";
        StreamingOutput rows = out -> RejectedRows.write(read.layout(), read.headers(), rejects(id, reason, read), out);
        return Response.ok(rows, workbook ? XLSX : CSV)
                .header(
                        "Content-Disposition",
                        "attachment; filename=\"%s%d.%s\"".formatted(name, id, workbook ? "xlsx" : "csv"))
                .build();
    }

    /** Asks for one page after the other, on the thread of the download. */
    private Iterator<RejectedRows.Reject> rejects(long id, @Nullable RowIssue reason, Mapping mapping) {
        return Stream.iterate(
                        page(id, reason, 0),
                        page -> !page.isEmpty(),
                        page -> page(id, reason, page.getLast().line()))
                .flatMap(List::stream)
                .map(reject -> new RejectedRows.Reject(
                        reject.line(), raw(reject, mapping.layout().separator()), reject.field(), reject.reason(lists)))
                .iterator();
    }

    /** The row as one line of text. */
    private String raw(Lists.Reject reject, char separator) {
        String[] cells = read(reject.cells(), String[].class);
        return reject.issue() == RowIssue.BROKEN_LINE
                ? String.join("", cells)
                : Arrays.stream(cells)
                        .map(cell -> cell.indexOf(separator) >= 0
                                        || QUOTED.matcher(cell).find()
                                ? '"' + cell.replace("\"", "\"\"") + '"'
                                : cell)
                        .collect(Collectors.joining(Character.toString(separator)));
    }

    private List<Lists.Reject> page(long id, @Nullable RowIssue reason, int after) {
        return database.inTransaction(sql -> Lists.rejects(sql, id, reason, after, REJECTS_AT_ONCE))
                .await()
                .indefinitely();
    }

    private Uni<Response> change(long id, AccessAction action, Function<Long, Uni<Boolean>> change) {
        Account account = Account.of(identity);
        return find(id).chain(() -> change.apply(id))
                .invoke(this::refuseMoved)
                .chain(() -> record(account, action, id))
                .replaceWith(toLoad(id));
    }

    private void refuseUnfit(LoadView load, Lists.@Nullable Overview list) {
        if (list == null) {
            throw Problem.badRequest("unknown-list", lists.noSuchList());
        }
        if (load.referenceDate().isBefore(list.referenceDate())) {
            throw Problem.badRequest(
                    "list-of-before",
                    messages.listOfBefore(dayAndYear(load.referenceDate()), dayAndYear(list.referenceDate())));
        }
    }

    private void refuseMoved(boolean done) {
        if (!done) {
            throw Problem.conflict("load-moved", messages.moved());
        }
    }

    private Uni<Void> record(Account account, AccessAction action, long load) {
        return database.inTransaction(sql -> AccessLog.record(sql, account, action, "load:" + load));
    }

    private static Response toLoad(long id) {
        return Response.seeOther(URI.create("/lists/loads/" + id)).build();
    }

    private Uni<LoadView> find(long id) {
        return database.inTransaction(sql -> found(sql, id));
    }

    private Uni<LoadView> found(Sql sql, long id) {
        return Lists.load(sql, id).onItem().ifNull().failWith(() -> Problem.notFound(lists.noSuchLoad()));
    }

    private Uni<TemplateInstance> mapping(LoadView load, @Nullable Layout asked, @Nullable String error) {
        return loads.look(load.id(), asked, FIRST_ROWS)
                .chain(look -> columnsOf(load, look, error))
                .onFailure(failure -> asked != null && failure instanceof Problem problem && problem.status() == 400)
                .recoverWithUni(failure -> mapping(load, null, messages.layoutWrong(((Problem) failure).detail())));
    }

    private Uni<TemplateInstance> columnsOf(LoadView load, ListLoads.Look look, @Nullable String error) {
        Mapping mapping = look.mapping();
        return database.inTransaction(sql -> notes(sql, load)
                .chain(notes -> Lists.all(sql)
                        .chain(all -> origin(sql, load, mapping)
                                .map(origin -> Templates.mapping(
                                        view(load, look, notes, targets(mapping, all, origin), error))))));
    }

    private MappingView view(
            LoadView load, ListLoads.Look look, List<String> notes, List<Choice> targets, @Nullable String error) {
        Mapping mapping = look.mapping();
        Layout layout = mapping.layout();
        return new MappingView(
                load,
                described(layout),
                layout.kind() == Layout.Kind.WORKBOOK,
                LayoutChoices.charsets(layout),
                LayoutChoices.separators(layout, messages),
                look.sheets().stream()
                        .map(sheet -> new Choice(sheet, sheet, sheet.equals(layout.sheet())))
                        .toList(),
                layout.headerLine(),
                look.top().stream()
                        .map(row -> new TopLine(row.line(), shortened(row.raw(), LONGEST_LINE)))
                        .toList(),
                look.rows().stream().map(ListLoads.FirstRow::line).toList(),
                columns(look),
                Column.all().stream()
                        .map(column -> new Choice(column.name(), messages.label(column), false))
                        .toList(),
                mapping.problems().stream()
                        .map(problem -> sentence(mapping, problem))
                        .toList(),
                mapping.isRejectFile(),
                targets,
                notes,
                error);
    }

    private String described(Layout layout) {
        return layout.charset() == null
                ? messages.layoutOfWorkbook(Objects.requireNonNullElse(layout.sheet(), ""), layout.headerLine())
                : messages.layoutOfText(
                        LayoutChoices.name(layout.charset()),
                        LayoutChoices.name(layout.separator(), messages),
                        layout.headerLine());
    }

    private List<FileColumn> columns(ListLoads.Look look) {
        Mapping mapping = look.mapping();
        List<Integer> twice = mapping.problems().stream()
                .flatMap(problem -> problem.places().stream())
                .toList();
        return IntStream.range(0, mapping.headers().size())
                .mapToObj(i -> new FileColumn(
                        mapping.headers().get(i),
                        look.rows().stream().map(row -> cell(row.cells(), i)).toList(),
                        Optional.ofNullable(mapping.columns().get(i))
                                .map(Column::name)
                                .orElse(""),
                        twice.contains(i)))
                .toList();
    }

    private static String cell(List<String> cells, int i) {
        return shortened(i < cells.size() ? cells.get(i) : "", LONGEST_SAMPLE);
    }

    private static String shortened(String text, int longest) {
        return text.length() <= longest ? text : text.substring(0, longest) + "…";
    }

    private String sentence(Mapping mapping, Mapping.Problem problem) {
        return switch (problem.kind()) {
            case MISSING -> messages.missing(messages.label(problem.column()));
            case NO_PHONE -> messages.noPhone();
            case TWICE ->
                messages.twice(
                        messages.label(problem.column()),
                        problem.places().stream()
                                .map(place -> header(mapping, place))
                                .collect(Collectors.joining(", ")));
        };
    }

    private String header(Mapping mapping, int place) {
        String header = mapping.headers().get(place);
        return header.isEmpty() ? messages.column() + " " + (place + 1) : header;
    }

    /** The list a file of rejects came from, by its name, else by its columns; null when nothing tells. */
    private Uni<@Nullable Long> origin(Sql sql, LoadView load, Mapping mapping) {
        if (!mapping.isRejectFile() || load.listId() != null) {
            return Uni.createFrom().item(load.listId());
        }
        var name = NAME_OF_REJECTS.matcher(load.fileName());
        Uni<@Nullable LoadView> named = name.matches()
                ? Lists.load(sql, Long.parseLong(name.group(1)))
                : Uni.createFrom().nullItem();
        return named.chain(origin -> origin != null && origin.listId() != null
                ? Uni.createFrom().item(origin.listId())
                : Lists.columns(sql, VERSIONS_LOOKED_AT).map(versions -> alike(mapping, versions)));
    }

    private @Nullable Long alike(Mapping mapping, List<Lists.Columns> versions) {
        return versions.stream()
                .filter(version -> mapping.signature().equals(signature(mapping.layout(), version.headers())))
                .map(Lists.Columns::listId)
                .findFirst()
                .orElse(null);
    }

    private String signature(Layout layout, String headers) {
        List<String> names = List.of(read(headers, String[].class));
        return new Mapping(layout, names, Arrays.asList(new @Nullable Column[names.size()])).signature();
    }

    private List<Choice> targets(Mapping mapping, List<Lists.Overview> all, @Nullable Long origin) {
        var targets = new ArrayList<Choice>();
        if (!mapping.isRejectFile() || origin == null) {
            targets.add(new Choice("", messages.newList(), origin == null));
        }
        all.forEach(list ->
                targets.add(new Choice(Long.toString(list.id()), list.name(), Objects.equals(origin, list.id()))));
        return targets;
    }

    /** What else is known about the file: the same one loaded before, another one of the list under way. */
    private Uni<List<String>> notes(Sql sql, LoadView load) {
        return Lists.twins(sql, load.id())
                .chain(twins -> Lists.rivals(sql, load.id()).map(rivals -> {
                    var notes = new ArrayList<String>();
                    twins.stream().filter(twin -> !alarms(load, twin)).forEach(twin -> notes.add(note(twin)));
                    rivals.forEach(rival -> notes.add(messages.rival(rival.fileName())));
                    if (load.state() == State.PREVIEW && load.refusal() != null) {
                        notes.addFirst(messages.changedMeanwhile());
                    }
                    return notes;
                }));
    }

    /** Whether the preview says the same, and louder. */
    private static boolean alarms(LoadView load, Lists.Twin twin) {
        return load.state() == State.PREVIEW && !twin.latest() && Objects.equals(load.listId(), (Long) twin.listId());
    }

    private String note(Lists.Twin twin) {
        String day = dayAndYear(twin.loadedAt());
        return twin.latest()
                ? messages.sameFile(twin.listName(), twin.number(), day)
                : messages.olderFile(twin.listName(), twin.number(), day);
    }

    private WorkingView working(LoadView load, @Nullable Integer rowsBefore, @Nullable Long at) {
        Instant now = clock.instant();
        long elapsed =
                at == null ? 0 : Duration.between(Instant.ofEpochMilli(at), now).toMillis();
        String rate = rowsBefore == null || elapsed <= 0 || load.rowsRead() <= rowsBefore
                ? null
                : number((load.rowsRead() - rowsBefore) * 1000L / elapsed);
        return new WorkingView(load, rate, now.toEpochMilli());
    }

    private Uni<TemplateInstance> effect(LoadView load, @Nullable String error) {
        Preview preview = preview(load);
        return database.inTransaction(sql -> notes(sql, load)
                .chain(notes -> Lists.rejections(sql, load.id())
                        .chain(rejections -> Lists.rejects(sql, load.id(), null, 0, SHOWN)
                                .chain(rejects -> Lists.dropped(sql, load.id())
                                        .chain(dropped -> Lists.corrections(sql, load.id(), SHOWN)
                                                .map(corrected -> Templates.effect(new EffectView(
                                                        load,
                                                        balance(preview),
                                                        load.listId() != null,
                                                        preview.accepted() + preview.withdrawn() + preview.doubtful()
                                                                == 0,
                                                        notes,
                                                        alarms(preview),
                                                        preview.rejected(),
                                                        rejections.stream()
                                                                .anyMatch(each -> each.reason() == RowIssue.UNDER_16),
                                                        rejects.stream()
                                                                .map(this::view)
                                                                .toList(),
                                                        dropped,
                                                        corrected,
                                                        error))))))));
    }

    private RejectView view(Lists.Reject reject) {
        return new RejectView(reject.line(), reject.field(), reject.reason(lists));
    }

    private List<String> alarms(Preview preview) {
        var alarms = new ArrayList<String>();
        if (preview.withdrawsMany()) {
            alarms.add(messages.withdrawsMany(number(preview.withdrawn()), number(preview.listed())));
        }
        if (preview.withdrawsUnseen()) {
            alarms.add(messages.withdrawsUnseen(number(preview.faceless())));
        }
        if (preview.rejectsMost()) {
            alarms.add(messages.rejectsMost(number(preview.rejected()), number(preview.rows())));
        }
        if (preview.isOlder() && preview.drawnOn() != null && preview.listDrawnOn() != null) {
            alarms.add(messages.older(day(preview.drawnOn()), day(preview.listDrawnOn())));
        }
        if (preview.replaced() != null) {
            alarms.add(messages.replaced(preview.replaced()));
        }
        if (preview.yearOld() && preview.drawnOn() != null) {
            alarms.add(messages.yearOld(day(preview.drawnOn())));
        }
        return alarms;
    }

    private static String day(String iso) {
        return dayAndYear(LocalDate.parse(iso));
    }

    private List<Line> balance(Preview preview) {
        return List.of(
                line(preview, messages.created(), preview.created(), messages.createdHint(), Preview.Kind.NEW),
                line(preview, messages.joined(), preview.joined(), messages.joinedHint(), null),
                line(preview, messages.back(), preview.back(), messages.backHint(), null),
                line(preview, messages.changed(), preview.changed(), messages.changedHint(), Preview.Kind.CHANGED),
                line(preview, messages.unchanged(), preview.unchanged(), messages.unchangedHint(), null),
                line(
                        preview,
                        messages.withdrawn(),
                        preview.withdrawn(),
                        messages.withdrawnHint(),
                        Preview.Kind.WITHDRAWN),
                line(preview, messages.doubtful(), preview.doubtful(), messages.doubtfulHint(), Preview.Kind.DOUBTFUL),
                line(preview, messages.followed(), preview.followed(), messages.followedHint(), Preview.Kind.FOLLOWED),
                line(preview, messages.rejected(), preview.rejected(), messages.rejectedHint(), null),
                line(preview, messages.corrected(), preview.corrected(), messages.correctedHint(), null),
                line(preview, messages.dropped(), preview.warnings(), messages.droppedHint(), null));
    }

    private Line line(Preview preview, String label, int count, String hint, Preview.@Nullable Kind kind) {
        List<Example> examples = preview.samples().stream()
                .filter(sample -> sample.kind() == kind)
                .map(this::example)
                .toList();
        return new Line(label, number(count), hint, examples);
    }

    private Example example(Preview.Sample sample) {
        String name = sample.firstName() + " " + sample.lastName();
        String line = sample.line() == 0 ? "" : messages.onLine(sample.line());
        String detail = switch (sample.kind()) {
            case CHANGED -> line + ", " + messages.differs(named(sample.detail()));
            case DOUBTFUL -> line + ". " + lists.doubt(Doubt.valueOf(sample.detail()));
            case NEW, WITHDRAWN, FOLLOWED -> line;
        };
        return new Example(name, detail);
    }

    /** Columns of the preview for people; a difference it does not name is in a guardian or the order of numbers. */
    private String named(String columns) {
        return columns.isEmpty()
                ? messages.something()
                : Arrays.stream(columns.split(","))
                        .map(name -> Column.named(name).map(messages::label).orElse(name))
                        .collect(Collectors.joining(", "));
    }

    private Uni<TemplateInstance> ended(LoadView load) {
        return database.inTransaction(sql -> load.state() == State.DONE && load.listId() != null
                        ? Lists.versions(sql, load.listId())
                        : Uni.createFrom().item(List.<Lists.Version>of()))
                .map(versions -> Templates.ended(ended(load, versions)));
    }

    private EndedView ended(LoadView load, List<Lists.Version> versions) {
        Lists.Version version = versions.stream()
                .filter(each -> each.load() == load.id())
                .findFirst()
                .orElse(null);
        boolean latest = version != null
                && versions.stream()
                        .filter(each -> !each.undone())
                        .findFirst()
                        .filter(version::equals)
                        .isPresent();
        return new EndedView(
                load,
                load.state() == State.DONE ? messages.doneTitle() : title(load.state()),
                sentence(load),
                load.state() == State.DONE,
                version == null ? List.of() : balance(preview(load)),
                load.rowsRejected(),
                version == null ? 0 : version.doubtful(),
                latest,
                load.state() == State.DONE ? obstacle(load) : null);
    }

    private String title(State state) {
        return state == State.REFUSED ? messages.refusedTitle() : messages.state(state);
    }

    private String sentence(LoadView load) {
        return switch (load.state()) {
            case DONE -> messages.done(load.listName(), Objects.requireNonNullElse(load.version(), 0));
            case REFUSED -> Objects.requireNonNullElse(refusal(load), messages.failed());
            case CANCELED -> messages.canceled();
            case UNDONE -> messages.undone();
            case MAPPING, QUEUED, READING, PREVIEW, CONFIRMED, APPLYING, UNDOING -> messages.next(load.state());
        };
    }

    private @Nullable String obstacle(LoadView load) {
        return Arrays.stream(Merge.Obstacle.values())
                .filter(obstacle -> obstacle.name().equals(load.refusal()))
                .map(lists::obstacle)
                .findFirst()
                .orElse(null);
    }

    /** Why a load stopped, in words; null when it did not. */
    private @Nullable String refusal(LoadView load) {
        if (load.refusal() == null) {
            return null;
        }
        return Arrays.stream(Refused.Reason.values())
                .filter(reason -> reason.name().equals(load.refusal()))
                .map(reason -> loads.sentence(reason, load.refusalDetail()))
                .findFirst()
                .orElseGet(() -> load.state() == State.PREVIEW
                        ? messages.changedMeanwhile()
                        : Objects.requireNonNullElse(obstacle(load), messages.failed()));
    }

    private LoadJson json(LoadView load, @Nullable String mapping) {
        String why = refusal(load);
        return new LoadJson(
                load.id(),
                load.state(),
                load.listId(),
                load.listName(),
                load.fileName(),
                load.complete(),
                mapping != null && Mapping.fromJson(mapping).complete(),
                load.fileBytes(),
                load.bytesRead(),
                load.rowsRead(),
                load.rowsRejected(),
                load.version(),
                load.preview() == null ? null : preview(load),
                why == null ? null : new RefusalJson(Objects.requireNonNull(load.refusal()), why));
    }

    private Preview preview(LoadView load) {
        return read(Objects.requireNonNull(load.preview()), Preview.class);
    }

    private <T> T read(String text, Class<T> type) {
        try {
            return json.readValue(text, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
