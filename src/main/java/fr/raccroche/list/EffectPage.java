package fr.raccroche.list;

import fr.raccroche.platform.Database;
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
import org.jboss.resteasy.reactive.RestForm;
import org.jspecify.annotations.Nullable;

/** What a file would do to its list, for somebody to agree to. */
@Path("/")
@RolesAllowed(Role.IS_SUPERVISOR)
@Produces(MediaType.TEXT_HTML)
class EffectPage {

    private final Database database;
    private final LoadOrders orders;
    private final LoadSteps steps;
    private final LoadNotes notes;
    private final Balance balance;
    private final ListMessages lists;
    private final SecurityIdentity identity;

    EffectPage(
            Database database,
            LoadOrders orders,
            LoadSteps steps,
            LoadNotes notes,
            Balance balance,
            ListMessages lists,
            SecurityIdentity identity) {
        this.database = database;
        this.orders = orders;
        this.steps = steps;
        this.notes = notes;
        this.balance = balance;
        this.lists = lists;
        this.identity = identity;
    }

    @CheckedTemplate(basePath = "LoadPages")
    static class Templates {
        static native TemplateInstance effect(EffectView view);
    }

    /** @param alarms what somebody has to agree to first */
    record EffectView(
            LoadView load,
            List<BalanceLine> balance,
            boolean update,
            boolean nothing,
            List<String> notes,
            List<String> alarms,
            LostRows lost,
            @Nullable String error) {}

    /** @param error why the last thing asked for was not done; null when nothing failed */
    Uni<TemplateInstance> show(LoadView load, @Nullable String error) {
        return database.inTransaction(sql -> notes.of(sql, load)
                        .chain(told -> LostRows.read(sql, load.id(), lists).map(lost -> view(load, told, lost, error))))
                .map(Templates::effect);
    }

    private EffectView view(LoadView load, List<String> told, LostRows lost, @Nullable String error) {
        Preview preview = balance.preview(load);
        PreviewCount count = preview.count();
        return new EffectView(
                load,
                balance.lines(preview),
                load.listId() != null,
                count.accepted() + count.withdrawn() + count.doubtful() == 0,
                balance.with(told, preview),
                balance.alarms(preview),
                lost,
                error);
    }

    /** Does what the preview says; an alarming one only when somebody said that it is meant. */
    @POST
    @Path("lists/loads/{id:\\d+}/confirm")
    public Uni<Response> confirm(long id, @RestForm @Nullable String agreed) {
        Account account = Account.of(identity);
        return steps.find(id)
                .chain(load -> load.state() == LoadState.PREVIEW
                                && agreed == null
                                && balance.preview(load).isAlarming()
                        ? askAgain(load)
                        : steps.take(id, account, AccessAction.LIST_CONFIRMED, orders.confirm(id)));
    }

    private Uni<Response> askAgain(LoadView load) {
        return show(load, "Cochez d'abord la vérification. Rien n'est encore enregistré.")
                .map(page -> Response.status(Response.Status.BAD_REQUEST)
                        .entity(page)
                        .build());
    }
}
