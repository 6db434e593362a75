package fr.raccroche.list;

import fr.raccroche.platform.Database;
import fr.raccroche.platform.FrenchCalendar;
import fr.raccroche.platform.Problem;
import fr.raccroche.platform.Sql;
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
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.multipart.FileUpload;
import org.jspecify.annotations.Nullable;

/** Lists for the supervisor: load a file, see what became of it, get the rejects back. */
@Path("/")
@RolesAllowed(Role.IS_SUPERVISOR)
@Produces(MediaType.TEXT_HTML)
class ListPages {

    private static final int REJECTS_SHOWN = 100;
    private static final int NAME_LENGTH = 120;

    private final Database database;
    private final ListUploads uploads;
    private final ListMessages messages;
    private final SecurityIdentity identity;
    private final Clock clock;

    ListPages(Database database, ListUploads uploads, ListMessages messages, SecurityIdentity identity, Clock clock) {
        this.database = database;
        this.uploads = uploads;
        this.messages = messages;
        this.identity = identity;
        this.clock = clock;
    }

    /** The upload form as it was sent, with the reason why it was not taken. */
    record Form(String name, String referenceDate, @Nullable String error) {}

    /** A rejected row for the eye. */
    record RejectView(int line, String field, String reason) {}

    /** A list, its first rejects and what was dropped from the others. */
    record ListView(Lists.Balance list, List<RejectView> rejects, List<Lists.Dropped> dropped) {

        public boolean moreRejects() {
            return rejects.size() < list.rejected();
        }
    }

    /** What belongs into a column. */
    record ColumnView(String header, boolean required, String content) {}

    /** One list for programs. */
    record ListJson(long id, String name, int accepted, int rejected) {}

    @CheckedTemplate
    static class Templates {
        static native TemplateInstance lists(List<Lists.Balance> lists, Form form);

        static native TemplateInstance list(ListView view);

        static native TemplateInstance columns(List<ColumnView> columns, List<String> rejects, List<String> drops);
    }

    @GET
    @Path("lists")
    public Uni<TemplateInstance> lists() {
        return page(
                new Form("", LocalDate.now(clock.withZone(FrenchCalendar.PARIS)).toString(), null));
    }

    @POST
    @Path("lists")
    @Consumes({MediaType.MULTIPART_FORM_DATA, MediaType.APPLICATION_FORM_URLENCODED})
    public Uni<Response> upload(
            @RestForm("file") @Nullable FileUpload file,
            @RestForm @Nullable String name,
            @RestForm @Nullable String referenceDate) {
        var sent = new Form(name == null ? "" : name.strip(), referenceDate == null ? "" : referenceDate.strip(), null);
        long account = Account.of(identity).id();
        return Uni.createFrom()
                .deferred(() -> load(file, sent, account))
                .map(list -> Response.seeOther(URI.create("/lists/" + list)).build())
                .onFailure(ListPages::refusal)
                .recoverWithUni(
                        failure -> page(new Form(sent.name(), sent.referenceDate(), ((Problem) failure).detail()))
                                .map(page -> Response.status(Response.Status.BAD_REQUEST)
                                        .entity(page)
                                        .build()));
    }

    @GET
    @Path("lists/columns")
    public TemplateInstance columns() {
        var columns = Column.all().stream()
                .map(column -> new ColumnView(column.header(), column.required(), messages.column(column)))
                .toList();
        return Templates.columns(columns, issues(true), issues(false));
    }

    @GET
    @Path("lists.json")
    @Produces(MediaType.APPLICATION_JSON)
    public Uni<List<ListJson>> json() {
        return database.inTransaction(Lists::all)
                .map(lists -> lists.stream()
                        .map(list -> new ListJson(list.id(), list.name(), list.accepted(), list.rejected()))
                        .toList());
    }

    @GET
    @Path("lists/{id:\\d+}")
    public Uni<TemplateInstance> list(long id) {
        return database.inTransaction(sql -> found(sql, id)
                        .chain(list -> Lists.rejects(sql, id, REJECTS_SHOWN)
                                .chain(rejects -> Lists.dropped(sql, id).map(dropped -> view(list, rejects, dropped)))))
                .map(Templates::list);
    }

    @GET
    @Path("lists/{id:\\d+}/rejects.csv")
    @Produces("text/csv; charset=UTF-8")
    public Uni<Response> rejects(long id) {
        return database.inTransaction(sql -> found(sql, id)
                        .chain(() -> Lists.header(sql, id))
                        .chain(header -> Lists.rejects(sql, id, Integer.MAX_VALUE)
                                .map(rejects -> RejectFile.of(header, rejects, messages))))
                .map(text -> Response.ok(text)
                        .header("Content-Disposition", "attachment; filename=\"rejets-%d.csv\"".formatted(id))
                        .build());
    }

    private List<String> issues(boolean rejecting) {
        return Arrays.stream(RowIssue.values())
                .filter(issue -> issue.rejects() == rejecting)
                .map(messages::issue)
                .toList();
    }

    private Uni<Long> load(@Nullable FileUpload file, Form form, long account) {
        if (file == null || file.fileName() == null || file.fileName().isEmpty()) {
            throw Problem.badRequest("file-missing", messages.fileMissing());
        }
        if (form.name().isEmpty()) {
            throw Problem.badRequest("name-missing", messages.nameMissing());
        }
        return uploads.load(
                file.uploadedFile(), cut(file.fileName()), cut(form.name()), date(form.referenceDate()), account);
    }

    private LocalDate date(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeParseException e) {
            throw Problem.badRequest("reference-date-wrong", messages.referenceDateWrong());
        }
    }

    private Uni<TemplateInstance> page(Form form) {
        return database.inTransaction(Lists::all).map(lists -> Templates.lists(lists, form));
    }

    private Uni<Lists.Balance> found(Sql sql, long id) {
        return Lists.byId(sql, id).map(list -> {
            if (list == null) {
                throw Problem.notFound(messages.noSuchList());
            }
            return list;
        });
    }

    private ListView view(Lists.Balance list, List<Lists.Reject> rejects, List<Lists.Dropped> dropped) {
        var shown = rejects.stream()
                .map(reject -> new RejectView(reject.line(), reject.field(), reject.reason(messages)))
                .toList();
        return new ListView(list, shown, dropped);
    }

    private static boolean refusal(Throwable failure) {
        return failure instanceof Problem problem && problem.status() == 400;
    }

    private static String cut(String text) {
        return text.length() <= NAME_LENGTH ? text : text.substring(0, NAME_LENGTH);
    }
}
