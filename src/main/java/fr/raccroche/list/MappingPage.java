package fr.raccroche.list;

import static fr.raccroche.platform.French.dayAndYear;

import fr.raccroche.list.row.Column;
import fr.raccroche.list.row.Mapping;
import fr.raccroche.list.table.Layout;
import fr.raccroche.platform.Database;
import fr.raccroche.platform.Nothing;
import fr.raccroche.platform.Problem;
import fr.raccroche.platform.Sql;
import fr.raccroche.security.AccessAction;
import fr.raccroche.security.Account;
import fr.raccroche.security.Role;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.List;
import org.jboss.resteasy.reactive.RestForm;
import org.jspecify.annotations.Nullable;

/** What the columns of a file become, and which list it is for. */
@Path("/")
@RolesAllowed(Role.IS_SUPERVISOR)
@Produces(MediaType.TEXT_HTML)
class MappingPage {

    private static final int FIRST_ROWS = 4;

    private final Database database;
    private final LoadOrders orders;
    private final LoadSteps steps;
    private final LoadNotes notes;
    private final Targets targets;
    private final LoadMessages messages;
    private final ListMessages lists;
    private final SecurityIdentity identity;

    MappingPage(
            Database database,
            LoadOrders orders,
            LoadSteps steps,
            LoadNotes notes,
            Targets targets,
            LoadMessages messages,
            ListMessages lists,
            SecurityIdentity identity) {
        this.database = database;
        this.orders = orders;
        this.steps = steps;
        this.notes = notes;
        this.targets = targets;
        this.messages = messages;
        this.lists = lists;
        this.identity = identity;
    }

    @CheckedTemplate(basePath = "LoadPages")
    static class Templates {
        static native TemplateInstance mapping(MappingView view);
    }

    /** The way to read a file that was asked for; null when none was. */
    @Nullable
    Layout layout(MultivaluedMap<String, String> fields) {
        return LayoutChoices.chosen(fields);
    }

    /** @param asked another way to read the file; null for the one that was recognised */
    Uni<TemplateInstance> show(LoadView load, @Nullable Layout asked) {
        return show(load, asked, null);
    }

    private Uni<TemplateInstance> show(LoadView load, @Nullable Layout asked, @Nullable String error) {
        return orders.look(load.id(), asked, FIRST_ROWS)
                .chain(look -> columns(load, look, error))
                .onFailure(failure -> asked != null && failure instanceof Problem problem && problem.status() == 400)
                .recoverWithUni(failure -> show(
                        load,
                        null,
                        "Lu de cette façon, le fichier n'est pas lisible. %s La lecture précédente est gardée."
                                .formatted(((Problem) failure).detail())));
    }

    private Uni<TemplateInstance> columns(LoadView load, FileLook look, @Nullable String error) {
        return database.inTransaction(sql -> notes.of(sql, load)
                        .chain(told -> targets.of(sql, load, look.mapping())
                                .map(choices -> MappingView.of(load, look, told, choices, error, messages))))
                .map(Templates::mapping);
    }

    /** What was chosen for the columns of a file. */
    @POST
    @Path("lists/loads/{id:\\d+}/mapping")
    @Consumes({MediaType.APPLICATION_FORM_URLENCODED, MediaType.MULTIPART_FORM_DATA})
    public Uni<Response> map(@PathParam("id") long id, MultivaluedMap<String, String> fields) {
        Account account = Account.of(identity);
        return steps.find(id)
                .chain(load -> orders.look(id, layout(fields), FIRST_ROWS)
                        .chain(look -> map(load, look.withMapping(chosen(look.mapping(), fields)), account)));
    }

    private Uni<Response> map(LoadView load, FileLook look, Account account) {
        return look.mapping().complete()
                ? steps.take(load.id(), account, AccessAction.LIST_MAPPED, orders.map(load.id(), look.mapping()))
                : columns(load, look, null)
                        .map(page -> Response.status(Response.Status.BAD_REQUEST)
                                .entity(page)
                                .build());
    }

    private Mapping chosen(Mapping read, MultivaluedMap<String, String> fields) {
        List<String> columns = fields.getOrDefault("column", List.of());
        if (columns.isEmpty()) {
            return read;
        }
        if (columns.size() != read.headers().size()) {
            throw Problem.conflict(
                    "columns-moved",
                    "Les colonnes ont changé pendant que cette page était ouverte : vérifiez-les de nouveau.");
        }
        var chosen = new ArrayList<@Nullable Column>();
        for (String name : columns) {
            chosen.add(Column.all().stream()
                    .filter(column -> column.name().equals(name))
                    .findFirst()
                    .orElse(null));
        }
        String dates = fields.getFirst("dates");
        return new Mapping(
                read.layout(),
                read.headers(),
                chosen,
                (dates == null || dates.isEmpty()) ? read.monthFirst() : dates.equals("month"));
    }

    /** Another list for a file that waits for its columns. */
    @POST
    @Path("lists/loads/{id:\\d+}/target")
    public Uni<Response> target(long id, @RestForm @Nullable Long list, @RestForm @Nullable String complete) {
        Account account = Account.of(identity);
        boolean whole = !"no".equals(complete);
        return database.inTransaction(sql -> steps.find(sql, id).call(load -> refuseUnfit(sql, load, list)))
                .chain(() -> steps.take(id, account, AccessAction.LIST_ASSIGNED, orders.assign(id, list, whole)));
    }

    private Uni<Void> refuseUnfit(Sql sql, LoadView load, @Nullable Long list) {
        return list == null
                ? Nothing.happens()
                : Lists.byId(sql, list)
                        .invoke(found -> refuseUnfit(load, found))
                        .replaceWithVoid();
    }

    private void refuseUnfit(LoadView load, @Nullable ListOverview list) {
        if (list == null) {
            throw Problem.badRequest("unknown-list", lists.noSuchList());
        }
        if (load.referenceDate().isBefore(list.referenceDate())) {
            throw Problem.badRequest(
                    "list-of-before",
                    messages.listOfBefore(dayAndYear(load.referenceDate()), dayAndYear(list.referenceDate())));
        }
    }

    /** Back from the preview to the columns. */
    @POST
    @Path("lists/loads/{id:\\d+}/columns")
    public Uni<Response> remap(long id) {
        Account account = Account.of(identity);
        return steps.find(id).chain(() -> steps.take(id, account, AccessAction.LIST_REMAPPED, orders.remap(id)));
    }
}
