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
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The agent's desk: one page that follows the calls, and what is shown beside it. */
@Path("/desk")
@RolesAllowed(Role.IS_AGENT)
public class DeskPages {

    /** How often an open page is asked whether it is alive. */
    private static final Duration HEARTBEAT = Duration.ofSeconds(15);

    @CheckedTemplate
    static class Templates {

        private Templates() {}

        static native TemplateInstance desk(DeskView view, LocalDate today, Choices choices, @Nullable URI softphone);

        static native TemplateInstance desk$status(DeskView view);

        static native TemplateInstance slots(CallbackSlots slots, List<QuickChoice> quick);

        static native TemplateInstance callbacks(Promises view, LocalDate today);

        static native TemplateInstance desk$work(DeskView view, LocalDate today, Choices choices);
    }

    /**
     * What the outcome form offers.
     *
     * @param outcomes those that one choice records
     * @param grave those that are confirmed first, apart from the others
     * @param noteLength characters of a note, at most
     */
    public record Choices(List<Outcome> outcomes, List<Outcome> grave, List<Solution> solutions, int noteLength) {

        /** All of them, in the order of the form. */
        public List<Outcome> all() {
            return List.of(Outcome.values());
        }

        static final Choices ALL = new Choices(
                Arrays.stream(Outcome.values())
                        .filter(outcome -> !outcome.isGrave())
                        .toList(),
                Arrays.stream(Outcome.values()).filter(Outcome::isGrave).toList(),
                List.of(Solution.values()),
                Answer.NOTE_LENGTH);
    }

    /** The browser's phone: a token for it, and where a stand-in for the headset is, if any. */
    public record VoiceToken(String token, @Nullable URI softphone) {}

    private final SecurityIdentity identity;
    private final Screen screen;
    private final DeskEvents events;
    private final VoiceTokens tokens;
    private final PlatformConfig platform;

    DeskPages(
            SecurityIdentity identity, Screen screen, DeskEvents events, VoiceTokens tokens, PlatformConfig platform) {
        this.identity = identity;
        this.screen = screen;
        this.events = events;
        this.tokens = tokens;
        this.platform = platform;
    }

    @GET
    @Produces(MediaType.TEXT_HTML)
    public Uni<TemplateInstance> page() {
        return screen.view(me())
                .map(view -> Templates.desk(
                        view, today(view), Choices.ALL, platform.softphoneUrl().orElse(null)));
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
        return screen.view(me()).map(view -> Templates.desk$work(view, today(view), Choices.ALL));
    }

    private static LocalDate today(DeskView view) {
        return view.now().atZone(PARIS).toLocalDate();
    }

    @GET
    @Path("/state")
    @Produces(MediaType.APPLICATION_JSON)
    public Uni<DeskState> state() {
        return screen.state(me());
    }

    /** Hints that something changed; and now and then the question whether the page is alive, see {@link DeskActions#seen}. */
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
                .map(tick -> sse.newEventBuilder().name("alive").data("?").build());
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
        return screen.slots(me()).map(offer -> Templates.slots(offer.slots(), offer.quick()));
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
