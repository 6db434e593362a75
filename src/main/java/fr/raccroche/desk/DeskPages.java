package fr.raccroche.desk;

import static fr.raccroche.platform.FrenchCalendar.PARIS;

import fr.raccroche.dialing.CallbackSlots;
import fr.raccroche.platform.PlatformConfig;
import fr.raccroche.security.Account;
import fr.raccroche.security.Role;
import fr.raccroche.telephony.VoiceTokens;
import fr.raccroche.youth.Solution;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.net.URI;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The agent's desk: one page that follows the calls, and what is shown beside it. */
@Path("/desk")
@RolesAllowed(Role.IS_AGENT)
public class DeskPages {

    private static final Duration HEARTBEAT = Duration.ofSeconds(15);

    @CheckedTemplate
    static class Templates {

        private Templates() {}

        static native TemplateInstance desk(
                DeskView view, LocalDate today, LocalDateTime tomorrow, Choices choices, @Nullable URI softphone);

        static native TemplateInstance desk$status(DeskView view);

        static native TemplateInstance slots(CallbackSlots slots);

        static native TemplateInstance callbacks(Promises view, LocalDate today);

        static native TemplateInstance desk$work(
                DeskView view, LocalDate today, LocalDateTime tomorrow, Choices choices);
    }

    /**
     * What the outcome form offers.
     *
     * @param keys those that choose an outcome
     */
    public record Choices(List<Outcome> outcomes, List<Solution> solutions, List<String> keys) {

        static final Choices ALL = new Choices(
                List.of(Outcome.values()),
                List.of(Solution.values()),
                Arrays.stream(Outcome.values())
                        .map(Outcome::key)
                        .filter(Objects::nonNull)
                        .toList());
    }

    /** The browser's phone: a token for it, and where a stand-in for the headset is, if any. */
    public record VoiceToken(String token, @Nullable URI softphone) {}

    private final SecurityIdentity identity;
    private final Screen screen;
    private final Desk desk;
    private final DeskEvents events;
    private final VoiceTokens tokens;
    private final PlatformConfig platform;

    DeskPages(
            SecurityIdentity identity,
            Screen screen,
            Desk desk,
            DeskEvents events,
            VoiceTokens tokens,
            PlatformConfig platform) {
        this.identity = identity;
        this.screen = screen;
        this.desk = desk;
        this.events = events;
        this.tokens = tokens;
        this.platform = platform;
    }

    @GET
    @Produces(MediaType.TEXT_HTML)
    public Uni<TemplateInstance> page() {
        return screen.view(me())
                .map(view -> Templates.desk(
                        view,
                        today(view),
                        tomorrow(view),
                        Choices.ALL,
                        platform.softphoneUrl().orElse(null)));
    }

    @GET
    @Path("/status")
    @Produces(MediaType.TEXT_HTML)
    public Uni<TemplateInstance> status() {
        return screen.view(me()).map(Templates::desk$status);
    }

    @GET
    @Path("/work")
    @Produces(MediaType.TEXT_HTML)
    public Uni<TemplateInstance> work() {
        return screen.view(me()).map(view -> Templates.desk$work(view, today(view), tomorrow(view), Choices.ALL));
    }

    private static LocalDate today(DeskView view) {
        return view.now().atZone(PARIS).toLocalDate();
    }

    /** A first guess for a callback: tomorrow at this hour. */
    private static LocalDateTime tomorrow(DeskView view) {
        return view.now().atZone(PARIS).toLocalDateTime().plusDays(1).truncatedTo(ChronoUnit.HOURS);
    }

    @GET
    @Path("/state")
    @Produces(MediaType.APPLICATION_JSON)
    public Uni<DeskState> state() {
        return screen.state(me());
    }

    @GET
    @Path("/events")
    @Produces(MediaType.SERVER_SENT_EVENTS)
    public Multi<OutboundSseEvent> events(@Context Sse sse) {
        long agent = me().id();
        Multi<OutboundSseEvent> heartbeat = Multi.createFrom()
                .ticks()
                .every(HEARTBEAT)
                .onOverflow()
                .drop()
                .onItem()
                .transformToUniAndConcatenate(tick -> desk.seen(agent)
                        .onFailure()
                        .recoverWithNull()
                        .map(ignored -> sse.newEventBuilder().comment("ok").build()));
        Multi<OutboundSseEvent> hints = events.of(agent).map(hint -> sse.newEvent(hint));
        return Multi.createBy().merging().streams(Multi.createFrom().item(sse.newEvent("changed")), hints, heartbeat);
    }

    @GET
    @Path("/voice-token")
    @Produces(MediaType.APPLICATION_JSON)
    public VoiceToken voiceToken() {
        return new VoiceToken(
                tokens.issue(VoiceTokens.identity(me().id())),
                platform.softphoneUrl().orElse(null));
    }

    /** The half hours for which the agent can promise a call in the campaign of the youth in hand. */
    @GET
    @Path("/slots")
    @Produces(MediaType.TEXT_HTML)
    public Uni<TemplateInstance> slots() {
        return screen.slots(me()).map(Templates::slots);
    }

    /** What the agent promised for today and the next working day. */
    @GET
    @Path("/callbacks")
    @Produces(MediaType.TEXT_HTML)
    public Uni<TemplateInstance> callbacks() {
        return screen.promises(me())
                .map(view -> Templates.callbacks(view, view.now().atZone(PARIS).toLocalDate()));
    }

    private Account me() {
        return Account.of(identity);
    }
}
