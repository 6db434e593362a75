package fr.raccroche.list;

import static fr.raccroche.platform.French.dayAndYear;

import fr.raccroche.platform.Database;
import fr.raccroche.platform.Forms;
import fr.raccroche.platform.FrenchCalendar;
import fr.raccroche.platform.Mistakes;
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
import java.util.List;
import java.util.Objects;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.multipart.FileUpload;
import org.jspecify.annotations.Nullable;

/** All lists and the files on their way; files are sent in here. */
@Path("/")
@RolesAllowed(Role.IS_SUPERVISOR)
@Produces(MediaType.TEXT_HTML)
class ListPages {

    private static final int ENDED_LOADS = 10;

    private final Database database;
    private final ListIntake intake;
    private final ListMessages messages;
    private final LoadMessages loadMessages;
    private final Forms forms;
    private final SecurityIdentity identity;
    private final Clock clock;

    ListPages(
            Database database,
            ListIntake intake,
            ListMessages messages,
            LoadMessages loadMessages,
            Forms forms,
            SecurityIdentity identity,
            Clock clock) {
        this.database = database;
        this.intake = intake;
        this.messages = messages;
        this.loadMessages = loadMessages;
        this.forms = forms;
        this.identity = identity;
        this.clock = clock;
    }

    record ListsView(
            List<ListOverview> lists,
            List<LoadView> open,
            List<LoadView> ended,
            List<ListSource> sources,
            UploadForm form) {}

    @CheckedTemplate
    static class Templates {
        static native TemplateInstance lists(ListsView view);

        static native TemplateInstance lists$loads(ListsView view);
    }

    @GET
    @Path("lists")
    public Uni<TemplateInstance> lists(@RestQuery @Nullable Long list) {
        LocalDate today = LocalDate.now(clock.withZone(FrenchCalendar.PARIS));
        return page(UploadForm.empty(list == null ? "" : list.toString(), today.toString()));
    }

    private Uni<TemplateInstance> page(UploadForm form) {
        return database.inTransaction(sql -> underWay(sql).chain(loads -> view(sql, loads, form)))
                .map(Templates::lists);
    }

    private static Uni<ListsView> view(Sql sql, UnderWay loads, UploadForm form) {
        return Lists.all(sql)
                .chain(lists -> ListSources.all(sql)
                        .map(sources -> new ListsView(lists, loads.open(), loads.ended(), sources, form)));
    }

    private record UnderWay(List<LoadView> open, List<LoadView> ended) {}

    private static Uni<UnderWay> underWay(Sql sql) {
        return Loads.open(sql).chain(open -> Loads.ended(sql, ENDED_LOADS).map(ended -> new UnderWay(open, ended)));
    }

    /** The loads alone, asked for again and again. */
    @GET
    @Path("lists/loads")
    public Uni<TemplateInstance> loads() {
        return database.inTransaction(ListPages::underWay)
                .map(loads ->
                        new ListsView(List.of(), loads.open(), loads.ended(), List.of(), UploadForm.empty("", "")))
                .map(Templates::lists$loads);
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
        var sent = UploadForm.sent(list, name, source, referenceDate, !"no".equals(complete));
        Account account = Account.of(identity);
        Uni<Response> received = Uni.createFrom()
                .deferred(() -> submit(file, sent, account))
                .map(load ->
                        Response.seeOther(URI.create("/lists/loads/" + load)).build());
        return forms.orAgain(received, sent.typed(), () -> page(sent));
    }

    private Uni<Long> submit(@Nullable FileUpload file, UploadForm form, Account account) {
        var mistakes = new Mistakes();
        mistakes.addIf(form.list().isEmpty() && form.name().isEmpty(), "name", "Donnez un nom à la liste.");
        LocalDate day = mistakes.read(() -> date(form.referenceDate()), LocalDate.EPOCH);
        mistakes.addIf(
                file == null || file.fileName() == null || file.fileName().isEmpty(),
                "file",
                "Choisissez un fichier à charger.");
        mistakes.refuse();
        FileUpload chosen = Objects.requireNonNull(file);
        return database.inTransaction(sql -> target(sql, form, day, account))
                .chain(target -> intake.submit(new Submission(
                        chosen.uploadedFile(),
                        UploadForm.cut(chosen.fileName()),
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

    private Uni<Target> target(Sql sql, UploadForm form, LocalDate day, Account account) {
        if (form.list().isEmpty()) {
            return form.source().isEmpty()
                    ? Uni.createFrom().item(new Target(null, null))
                    : ListSources.named(sql, form.source(), account.id(), clock.instant())
                            .map(source -> new Target(null, source));
        }
        return Lists.byId(sql, id(form.list())).map(list -> {
            if (list == null) {
                throw Problem.badRequest("bad-list", messages.noSuchList());
            }
            refuseOlder(list, day);
            return new Target(list.id(), list.sourceId());
        });
    }

    /** A file that says it is older than its list is one of the year before. */
    private void refuseOlder(ListOverview list, LocalDate day) {
        if (day.isBefore(list.referenceDate())) {
            throw Problem.badRequest(
                    "bad-referenceDate", loadMessages.listOfBefore(dayAndYear(day), dayAndYear(list.referenceDate())));
        }
    }

    private long id(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw Problem.badRequest("bad-list", messages.noSuchList());
        }
    }

    private LocalDate date(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeParseException e) {
            throw Problem.badRequest("bad-referenceDate", "La date de référence n'est pas une date.");
        }
    }
}
