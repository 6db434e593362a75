package fr.raccroche.list;

import static fr.raccroche.platform.French.dayAndYear;

import fr.raccroche.list.Lists.LoadView;
import fr.raccroche.list.Lists.Overview;
import fr.raccroche.list.Lists.Version;
import fr.raccroche.list.row.Column;
import fr.raccroche.list.row.RowIssue;
import fr.raccroche.platform.Database;
import fr.raccroche.platform.FrenchCalendar;
import fr.raccroche.platform.Problem;
import fr.raccroche.platform.Sql;
import fr.raccroche.security.AccessAction;
import fr.raccroche.security.AccessLog;
import fr.raccroche.security.Account;
import fr.raccroche.security.Role;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Clock;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.multipart.FileUpload;
import org.jspecify.annotations.Nullable;

/** All lists, and each with its versions; files are sent in here. */
@Path("/")
@RolesAllowed(Role.IS_SUPERVISOR)
@Produces(MediaType.TEXT_HTML)
class ListPages {

    private static final int SHOWN = 20;
    private static final int ENDED_LOADS = 10;
    private static final int NAME_LENGTH = 120;

    private final Database database;
    private final ListLoads loads;
    private final ListMessages messages;
    private final LoadMessages loadMessages;
    private final SecurityIdentity identity;
    private final Clock clock;

    ListPages(
            Database database,
            ListLoads loads,
            ListMessages messages,
            LoadMessages loadMessages,
            SecurityIdentity identity,
            Clock clock) {
        this.database = database;
        this.loads = loads;
        this.messages = messages;
        this.loadMessages = loadMessages;
        this.identity = identity;
        this.clock = clock;
    }

    /**
     * The upload form as it was sent.
     *
     * @param list id of the list it is a version of; empty for a new one
     * @param error why it was not taken; null when nothing failed
     */
    record Form(
            String list,
            String name,
            String source,
            String referenceDate,
            boolean complete,
            @Nullable String error) {

        public boolean into(long id) {
            return list.equals(Long.toString(id));
        }
    }

    record ListsView(
            List<Overview> lists, List<LoadView> open, List<LoadView> ended, List<Lists.Source> sources, Form form) {}

    /**
     * A list with what became of its last version.
     *
     * @param obstacle why the last version cannot be undone; null when it can, as far as is known
     */
    record ListView(
            Overview list,
            List<Version> versions,
            @Nullable String obstacle,
            int rejected,
            boolean under16,
            List<LoadPages.RejectView> rejects,
            List<Lists.Dropped> dropped,
            List<Lists.Corrected> corrected) {}

    /** What belongs into a column. */
    record ColumnView(String header, String required, String content) {}

    /** One list for programs. */
    record ListJson(
            long id,
            String name,
            int people,
            int withdrawn,
            int doubtful,
            @Nullable Integer version) {}

    @CheckedTemplate
    static class Templates {
        static native TemplateInstance lists(ListsView view);

        static native TemplateInstance lists$loads(ListsView view);

        static native TemplateInstance list(ListView view);

        static native TemplateInstance columns(List<ColumnView> columns, List<String> rejects, List<String> drops);
    }

    @GET
    @Path("lists")
    public Uni<TemplateInstance> lists(@RestQuery @Nullable Long list) {
        return page(new Form(list == null ? "" : list.toString(), "", "", today().toString(), true, null));
    }

    /** The loads alone, asked for again and again. */
    @GET
    @Path("lists/loads")
    public Uni<TemplateInstance> loads() {
        return database.inTransaction(sql -> Lists.openLoads(sql)
                .chain(open -> Lists.endedLoads(sql, ENDED_LOADS)
                        .map(ended -> Templates.lists$loads(new ListsView(
                                List.of(), open, ended, List.of(), new Form("", "", "", "", true, null))))));
    }

    @POST
    @Path("lists")
    @Consumes({MediaType.MULTIPART_FORM_DATA, MediaType.APPLICATION_FORM_URLENCODED})
    public Uni<Response> upload(
            @RestForm("file") @Nullable FileUpload file,
            @RestForm @Nullable String list,
            @RestForm @Nullable String name,
            @RestForm @Nullable String source,
            @RestForm @Nullable String referenceDate,
            @RestForm @Nullable String complete) {
        var sent = new Form(
                text(list), cut(text(name)), cut(text(source)), text(referenceDate), !"no".equals(complete), null);
        Account account = Account.of(identity);
        return Uni.createFrom()
                .deferred(() -> submit(file, sent, account))
                .map(load ->
                        Response.seeOther(URI.create("/lists/loads/" + load)).build())
                .onFailure(ListPages::refusal)
                .recoverWithUni(failure -> page(refused(sent, ((Problem) failure).detail()))
                        .map(page -> Response.status(Response.Status.BAD_REQUEST)
                                .entity(page)
                                .build()));
    }

    private Uni<Long> submit(@Nullable FileUpload file, Form form, Account account) {
        if (file == null || file.fileName() == null || file.fileName().isEmpty()) {
            throw Problem.badRequest("file-missing", messages.fileMissing());
        }
        LocalDate day = date(form.referenceDate());
        return database.inTransaction(sql -> target(sql, form, day, account))
                .chain(target -> loads.submit(new ListLoads.Submission(
                        file.uploadedFile(),
                        cut(file.fileName()),
                        target.list(),
                        form.name(),
                        target.source(),
                        day,
                        form.complete(),
                        null,
                        false,
                        account.id())))
                .call(load -> database.inTransaction(
                        sql -> AccessLog.record(sql, account, AccessAction.LIST_SUBMITTED, "load:" + load)));
    }

    /** Where a file goes: a list that is there, or a new one of a source. */
    private record Target(@Nullable Long list, @Nullable Long source) {}

    private Uni<Target> target(Sql sql, Form form, LocalDate day, Account account) {
        if (form.list().isEmpty()) {
            if (form.name().isEmpty()) {
                throw Problem.badRequest("name-missing", messages.nameMissing());
            }
            return form.source().isEmpty()
                    ? Uni.createFrom().item(new Target(null, null))
                    : Lists.source(sql, form.source(), account.id(), clock.instant())
                            .map(source -> new Target(null, source));
        }
        return Lists.byId(sql, id(form.list())).map(list -> {
            if (list == null) {
                throw Problem.badRequest("unknown-list", messages.noSuchList());
            }
            refuseOlder(list, day);
            return new Target(list.id(), list.sourceId());
        });
    }

    /** A file that says it is older than its list is one of the year before. */
    private void refuseOlder(Overview list, LocalDate day) {
        if (day.isBefore(list.referenceDate())) {
            throw Problem.badRequest(
                    "list-of-before", loadMessages.listOfBefore(dayAndYear(day), dayAndYear(list.referenceDate())));
        }
    }

    private long id(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw Problem.badRequest("unknown-list", messages.noSuchList());
        }
    }

    private LocalDate date(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeParseException e) {
            throw Problem.badRequest("reference-date-wrong", messages.referenceDateWrong());
        }
    }

    private static Form refused(Form sent, String error) {
        return new Form(sent.list(), sent.name(), sent.source(), sent.referenceDate(), sent.complete(), error);
    }

    private Uni<TemplateInstance> page(Form form) {
        return database.inTransaction(sql -> Lists.all(sql)
                .chain(lists -> Lists.openLoads(sql)
                        .chain(open -> Lists.endedLoads(sql, ENDED_LOADS)
                                .chain(ended -> Lists.sources(sql)
                                        .map(sources ->
                                                Templates.lists(new ListsView(lists, open, ended, sources, form)))))));
    }

    @GET
    @Path("lists/columns")
    public TemplateInstance columns() {
        var columns = Column.all().stream()
                .map(column -> new ColumnView(column.header(), required(column), messages.column(column)))
                .toList();
        return Templates.columns(columns, issues(true), issues(false));
    }

    private String required(Column column) {
        if (column.identifies()) {
            return messages.yes();
        }
        return column.phone() ? messages.onePhone() : messages.no();
    }

    private List<String> issues(boolean rejecting) {
        return Arrays.stream(RowIssue.values())
                .filter(issue -> issue.rejects() == rejecting)
                .map(messages::issue)
                .toList();
    }

    @GET
    @Path("lists.json")
    @Produces(MediaType.APPLICATION_JSON)
    public Uni<List<ListJson>> json() {
        return database.inTransaction(Lists::all)
                .map(lists -> lists.stream()
                        .map(list -> new ListJson(
                                list.id(),
                                list.name(),
                                list.people(),
                                list.withdrawn(),
                                list.doubtful(),
                                list.last() == null ? null : list.last().number()))
                        .toList());
    }

    @GET
    @Path("lists/{id:\\d+}")
    public Uni<TemplateInstance> list(long id) {
        return database.inTransaction(sql -> Lists.byId(sql, id)
                        .onItem()
                        .ifNull()
                        .failWith(() -> Problem.notFound(messages.noSuchList()))
                        .chain(list -> Lists.versions(sql, id).chain(versions -> view(sql, list, versions))))
                .map(Templates::list);
    }

    private Uni<ListView> view(Sql sql, Overview list, List<Version> versions) {
        long load = list.last() == null ? 0 : list.last().load();
        return Lists.load(sql, load)
                .chain(last -> Lists.rejections(sql, load)
                        .chain(rejections -> Lists.rejects(sql, load, null, 0, SHOWN)
                                .chain(rejects -> Lists.dropped(sql, load)
                                        .chain(dropped -> Lists.corrections(sql, load, SHOWN)
                                                .map(corrected -> new ListView(
                                                        list,
                                                        versions,
                                                        obstacle(last),
                                                        rejections.stream()
                                                                .mapToInt(Lists.Rejections::rows)
                                                                .sum(),
                                                        rejections.stream()
                                                                .anyMatch(each -> each.reason() == RowIssue.UNDER_16),
                                                        rejects.stream()
                                                                .map(reject -> new LoadPages.RejectView(
                                                                        reject.line(),
                                                                        reject.field(),
                                                                        reject.reason(messages)))
                                                                .toList(),
                                                        dropped,
                                                        corrected))))));
    }

    private @Nullable String obstacle(@Nullable LoadView load) {
        return load == null
                ? null
                : Arrays.stream(Merge.Obstacle.values())
                        .filter(obstacle -> Objects.equals(obstacle.name(), load.refusal()))
                        .map(messages::obstacle)
                        .findFirst()
                        .orElse(null);
    }

    private LocalDate today() {
        return LocalDate.now(clock.withZone(FrenchCalendar.PARIS));
    }

    private static boolean refusal(Throwable failure) {
        return failure instanceof Problem problem && problem.status() == 400;
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text.strip();
    }

    private static String cut(String text) {
        return text.length() <= NAME_LENGTH ? text : text.substring(0, NAME_LENGTH);
    }
}
