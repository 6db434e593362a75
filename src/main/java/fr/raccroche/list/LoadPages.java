package fr.raccroche.list;

import static fr.raccroche.platform.French.number;

import fr.raccroche.security.AccessAction;
import fr.raccroche.security.Account;
import fr.raccroche.security.Role;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** One file on its way into a list: the page of the step it is at, its progress, and a way to give it up. */
@Path("/")
@RolesAllowed(Role.IS_SUPERVISOR)
@Produces(MediaType.TEXT_HTML)
class LoadPages {

    private final LoadOrders orders;
    private final LoadSteps steps;
    private final MappingPage mappings;
    private final EffectPage effects;
    private final EndedPage ends;
    private final SecurityIdentity identity;
    private final Clock clock;

    LoadPages(
            LoadOrders orders,
            LoadSteps steps,
            MappingPage mappings,
            EffectPage effects,
            EndedPage ends,
            SecurityIdentity identity,
            Clock clock) {
        this.orders = orders;
        this.steps = steps;
        this.mappings = mappings;
        this.effects = effects;
        this.ends = ends;
        this.identity = identity;
        this.clock = clock;
    }

    @CheckedTemplate
    static class Templates {
        static native TemplateInstance working(WorkingView view);

        static native TemplateInstance working$progress(WorkingView view);
    }

    /** @param rate rows a second, or null while that is unknown */
    record WorkingView(LoadView load, @Nullable String rate, long at) {

        public boolean comparing() {
            return load.state() == LoadState.READING && load.read().percent() >= 100;
        }

        public boolean reading() {
            return load.state() == LoadState.READING;
        }
    }

    @GET
    @Path("lists/loads/{id:\\d+}")
    public Uni<TemplateInstance> load(long id, @Context UriInfo asked) {
        MultivaluedMap<String, String> fields = asked.getQueryParameters();
        return steps.find(id).chain(load -> switch (load.state()) {
            case MAPPING -> mappings.show(load, mappings.layout(fields));
            case PREVIEW -> effects.show(load, null);
            case QUEUED, READING, CONFIRMED, APPLYING, UNDOING ->
                Uni.createFrom().item(Templates.working(working(load, null, null)));
            case DONE, REFUSED, CANCELED, UNDONE -> ends.show(load);
        });
    }

    /** How far a load is, again and again; once it needs somebody, the whole page is asked for. */
    @GET
    @Path("lists/loads/{id:\\d+}/progress")
    public Uni<Response> progress(long id, @RestQuery @Nullable Integer rows, @RestQuery @Nullable Long at) {
        return steps.find(id)
                .map(load -> load.state().isWorking()
                        ? Response.ok(Templates.working$progress(working(load, rows, at)))
                                .build()
                        : Response.ok().header("HX-Refresh", "true").build());
    }

    private WorkingView working(LoadView load, @Nullable Integer rowsBefore, @Nullable Long at) {
        Instant now = clock.instant();
        long elapsed =
                at == null ? 0 : Duration.between(Instant.ofEpochMilli(at), now).toMillis();
        int rows = load.read().rows();
        String rate = rowsBefore == null || elapsed <= 0 || rows <= rowsBefore
                ? null
                : number((rows - rowsBefore) * 1000L / elapsed);
        return new WorkingView(load, rate, now.toEpochMilli());
    }

    @POST
    @Path("lists/loads/{id:\\d+}/cancel")
    public Uni<Response> cancel(long id) {
        Account account = Account.of(identity);
        return steps.find(id).chain(() -> steps.take(id, account, AccessAction.LIST_CANCELED, orders.cancel(id)));
    }
}
