package fr.raccroche.list;

import fr.raccroche.platform.Database;
import fr.raccroche.platform.Sql;
import fr.raccroche.security.AccessAction;
import fr.raccroche.security.Account;
import fr.raccroche.security.Role;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What became of a file; a version can be taken back here. */
@Path("/")
@RolesAllowed(Role.IS_SUPERVISOR)
@Produces(MediaType.TEXT_HTML)
class EndedPage {

    private final Database database;
    private final LoadOrders orders;
    private final LoadSteps steps;
    private final LoadWords words;
    private final Balance balance;
    private final LoadMessages messages;
    private final SecurityIdentity identity;

    EndedPage(
            Database database,
            LoadOrders orders,
            LoadSteps steps,
            LoadWords words,
            Balance balance,
            LoadMessages messages,
            SecurityIdentity identity) {
        this.database = database;
        this.orders = orders;
        this.steps = steps;
        this.words = words;
        this.balance = balance;
        this.messages = messages;
        this.identity = identity;
    }

    @CheckedTemplate(basePath = "LoadPages")
    static class Templates {
        static native TemplateInstance ended(EndedView view);
    }

    /** @param figures what a loaded file did; empty for every other end */
    record EndedView(
            LoadView load,
            String title,
            String sentence,
            boolean good,
            List<BalanceLine> figures,
            int rejected,
            int doubtful,
            boolean undoable,
            @Nullable String notUndone) {}

    Uni<TemplateInstance> show(LoadView load) {
        return database.inTransaction(sql -> versions(sql, load))
                .map(versions -> load.state() == LoadState.DONE ? done(load, versions) : over(load))
                .map(Templates::ended);
    }

    private static Uni<List<ListVersion>> versions(Sql sql, LoadView load) {
        return load.state() == LoadState.DONE && load.listId() != null
                ? Lists.versions(sql, load.listId())
                : Uni.createFrom().item(List.of());
    }

    private EndedView done(LoadView load, List<ListVersion> versions) {
        ListVersion version = versions.stream()
                .filter(each -> each.load() == load.id())
                .findFirst()
                .orElse(null);
        boolean latest = versions.stream()
                .filter(each -> !each.undone())
                .findFirst()
                .filter(each -> each.equals(version))
                .isPresent();
        return new EndedView(
                load,
                "La liste est chargée",
                "La liste « %s » est à sa version %d."
                        .formatted(load.listName(), Objects.requireNonNullElse(load.version(), 0)),
                true,
                version == null ? List.of() : balance.lines(balance.preview(load)),
                load.read().rejected(),
                version == null ? 0 : version.count().doubtful(),
                latest,
                words.obstacle(load.refusal()));
    }

    private EndedView over(LoadView load) {
        String title =
                load.state() == LoadState.REFUSED ? "Le fichier n'a pas été chargé" : messages.state(load.state());
        return new EndedView(
                load, title, sentence(load), false, List.of(), load.read().rejected(), 0, false, null);
    }

    private String sentence(LoadView load) {
        return switch (load.state()) {
            case REFUSED -> Objects.requireNonNullElse(words.stopped(load), messages.failed());
            case CANCELED -> "Ce fichier a été abandonné. Rien n'en a été gardé.";
            case UNDONE -> "Cette version a été annulée : la liste est comme avant elle.";
            case MAPPING, QUEUED, READING, PREVIEW, CONFIRMED, APPLYING, DONE, UNDOING -> messages.next(load.state());
        };
    }

    @POST
    @Path("lists/loads/{id:\\d+}/undo")
    public Uni<Response> undo(long id) {
        Account account = Account.of(identity);
        return steps.find(id)
                .chain(() -> steps.take(id, account, AccessAction.LIST_UNDONE, orders.undo(id, account.id())));
    }
}
