package fr.raccroche.supervision;

import fr.raccroche.platform.Problem;
import fr.raccroche.queue.YouthState;
import fr.raccroche.security.Account;
import fr.raccroche.security.Role;
import fr.raccroche.supervision.CampaignState.Subject;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** The supervisor's wallboard: the page, its live part, the hint to read it again, the same figures for programs. */
@Path("/supervision")
@RolesAllowed(Role.IS_SUPERVISOR)
class SupervisionPages {

    private static final Duration HEARTBEAT = Duration.ofSeconds(15);

    private static final int LAST_PAGE = 10_000;

    private final Wallboard wallboard;
    private final SecurityIdentity identity;
    private final Clock clock;

    SupervisionPages(Wallboard wallboard, SecurityIdentity identity, Clock clock) {
        this.wallboard = wallboard;
        this.identity = identity;
        this.clock = clock;
    }

    @CheckedTemplate
    static class Templates {
        static native TemplateInstance page(List<Subject> campaigns, Board board, Instant now);

        static native TemplateInstance page$board(Board board, Instant now);

        static native TemplateInstance youths(YouthList list);

        static native TemplateInstance none(ToDo toDo);

        static native TemplateInstance callbacks(List<PromisedCallback> callbacks);
    }

    @GET
    @Produces(MediaType.TEXT_HTML)
    public Uni<TemplateInstance> page(@RestQuery @Nullable Long campaign) {
        return wallboard.open().chain(campaigns -> {
            Long shown = chosen(campaigns, campaign);
            return shown == null
                    ? wallboard.toDo().map(Templates::none)
                    : wallboard.board(shown).map(board -> Templates.page(campaigns, board, clock.instant()));
        });
    }

    @GET
    @Path("board")
    @Produces(MediaType.TEXT_HTML)
    public Uni<TemplateInstance> board(@RestQuery long campaign) {
        return wallboard.board(campaign).map(board -> Templates.page$board(board, clock.instant()));
    }

    /** Whom a number of the board counts. */
    @GET
    @Path("youths")
    @Produces(MediaType.TEXT_HTML)
    public Uni<TemplateInstance> youths(
            @RestQuery long campaign,
            @RestQuery @DefaultValue("ALL") Behind behind,
            @RestQuery @Nullable YouthState state,
            @RestQuery @Nullable Integer hour,
            @RestQuery @DefaultValue("1") int page) {
        if ((behind == Behind.STATE && state == null) || (hour != null && (hour < 0 || hour > 23))) {
            throw Problem.notFound("Ce chiffre n'existe pas.");
        }
        return wallboard
                .youths(
                        Account.of(identity),
                        campaign,
                        new YouthList.Question(behind, behind == Behind.STATE ? state : null, hour),
                        Math.clamp(page, 1, LAST_PAGE))
                .map(Templates::youths);
    }

    @GET
    @Path("callbacks")
    @Produces(MediaType.TEXT_HTML)
    public Uni<TemplateInstance> callbacks() {
        return wallboard.callbacks().map(Templates::callbacks);
    }

    @GET
    @Path("state")
    @Produces(MediaType.APPLICATION_JSON)
    public Uni<CampaignState> state(@RestQuery @Nullable Long campaign) {
        if (campaign != null) {
            return wallboard.state(campaign);
        }
        return wallboard.open().chain(campaigns -> {
            Long shown = chosen(campaigns, null);
            if (shown == null) {
                throw Problem.notFound("Aucune campagne n'est ouverte.");
            }
            return wallboard.state(shown);
        });
    }

    /** An event says only "read again"; the comment keeps proxies from closing a quiet connection. */
    @GET
    @Path("events")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    public Multi<OutboundSseEvent> events(@RestQuery long campaign, @Context Sse sse) {
        OutboundSseEvent hint = sse.newEvent("changed");
        OutboundSseEvent alive = sse.newEventBuilder().comment("alive").build();
        var heartbeat = Multi.createFrom().ticks().every(HEARTBEAT).onOverflow().drop();
        return Multi.createBy()
                .merging()
                .streams(wallboard.changes(campaign).map(board -> hint), heartbeat.map(tick -> alive));
    }

    private static @Nullable Long chosen(List<Subject> campaigns, @Nullable Long asked) {
        if (asked != null) {
            return asked;
        }
        return campaigns.isEmpty() ? null : campaigns.getFirst().id();
    }
}
