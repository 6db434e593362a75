package fr.raccroche.list;

import fr.raccroche.platform.Database;
import fr.raccroche.platform.Problem;
import fr.raccroche.platform.Sql;
import fr.raccroche.security.Role;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A list with its versions; for programs of the house all lists. */
@Path("/")
@RolesAllowed(Role.IS_SUPERVISOR)
class VersionPages {

    private final Database database;
    private final LoadWords words;
    private final ListMessages messages;

    VersionPages(Database database, LoadWords words, ListMessages messages) {
        this.database = database;
        this.words = words;
        this.messages = messages;
    }

    /**
     * A list with what became of its last version.
     *
     * @param obstacle why the last version cannot be undone; null when it can, as far as is known
     */
    record ListView(
            ListOverview list,
            List<ListVersion> versions,
            @Nullable String obstacle,
            LostRows lost) {}

    /** One list for programs. */
    record ListJson(
            long id,
            String name,
            int people,
            int withdrawn,
            int doubtful,
            @Nullable Integer version) {}

    @CheckedTemplate(basePath = "ListPages")
    static class Templates {
        static native TemplateInstance list(ListView view);
    }

    @GET
    @Path("lists.json")
    @Produces(MediaType.APPLICATION_JSON)
    public Uni<List<ListJson>> json() {
        return database.inTransaction(Lists::all)
                .map(lists -> lists.stream().map(VersionPages::json).toList());
    }

    private static ListJson json(ListOverview list) {
        return new ListJson(
                list.id(),
                list.name(),
                list.people(),
                list.withdrawn(),
                list.doubtful(),
                list.last() == null ? null : list.last().number());
    }

    @GET
    @Path("lists/{id:\\d+}")
    @Produces(MediaType.TEXT_HTML)
    public Uni<TemplateInstance> list(long id) {
        return database.inTransaction(sql -> Lists.byId(sql, id)
                        .onItem()
                        .ifNull()
                        .failWith(() -> Problem.notFound(messages.noSuchList()))
                        .chain(list -> view(sql, list)))
                .map(Templates::list);
    }

    private Uni<ListView> view(Sql sql, ListOverview list) {
        long load = list.last() == null ? 0 : list.last().load();
        return Lists.versions(sql, list.id())
                .chain(versions -> Loads.byId(sql, load)
                        .map(last -> last == null ? null : words.obstacle(last.refusal()))
                        .chain(obstacle -> LostRows.read(sql, load, messages)
                                .map(lost -> new ListView(list, versions, obstacle, lost))));
    }
}
