package fr.raccroche.desk;

import static fr.raccroche.platform.FrenchCalendar.PARIS;

import fr.raccroche.dialing.Agents;
import fr.raccroche.dialing.CallbackSlots;
import fr.raccroche.dialing.InboundCalls;
import fr.raccroche.inbound.Callers;
import fr.raccroche.platform.PlatformConfig;
import fr.raccroche.platform.Problem;
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
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
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
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The agent's desk: one page that follows the calls, and the few things an agent can do. */
@Path("/desk")
@RolesAllowed(Role.IS_AGENT)
public class DeskPages {

    private static final Duration HEARTBEAT = Duration.ofSeconds(15);
    private static final int LONGEST_NAME = 80;

    @CheckedTemplate
    static class Templates {

        private Templates() {}

        static native TemplateInstance desk(
                Desk.View view, LocalDate today, LocalDateTime tomorrow, Choices choices, @Nullable URI softphone);

        static native TemplateInstance desk$status(Desk.View view);

        static native TemplateInstance slots(CallbackSlots slots);

        static native TemplateInstance callbacks(Desk.Promises view, LocalDate today);

        static native TemplateInstance found(List<InboundCalls.Candidate> found, long caller);

        static native TemplateInstance desk$work(
                Desk.View view, LocalDate today, LocalDateTime tomorrow, Choices choices);
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

    /** The outcome form. */
    public static class OutcomeForm {
        @FormParam("attemptId")
        long attemptId;

        @FormParam("actionId")
        @Nullable
        String actionId;

        @FormParam("outcome")
        @Nullable
        String outcome;

        @FormParam("solution")
        @Nullable
        String solution;

        @FormParam("structureKind")
        @Nullable
        String structureKind;

        @FormParam("agreedBy")
        @Nullable
        String agreedBy;

        @FormParam("callbackAt")
        @Nullable
        String callbackAt;

        @FormParam("callbackMine")
        @Nullable
        String callbackMine;

        @FormParam("note")
        @Nullable
        String note;

        @FormParam("next")
        @Nullable
        String next;

        Interview.Form read() {
            return new Interview.Form(
                    attemptId,
                    actionId == null ? "" : actionId,
                    outcome,
                    solution,
                    structureKind,
                    agreedBy,
                    callbackAt,
                    callbackMine,
                    note,
                    next);
        }
    }

    private final SecurityIdentity identity;
    private final Desk desk;
    private final Interview interview;
    private final Callers callers;
    private final DeskEvents events;
    private final VoiceTokens tokens;
    private final PlatformConfig platform;

    DeskPages(
            SecurityIdentity identity,
            Desk desk,
            Interview interview,
            Callers callers,
            DeskEvents events,
            VoiceTokens tokens,
            PlatformConfig platform) {
        this.identity = identity;
        this.desk = desk;
        this.interview = interview;
        this.callers = callers;
        this.events = events;
        this.tokens = tokens;
        this.platform = platform;
    }

    @GET
    @Produces(MediaType.TEXT_HTML)
    public Uni<TemplateInstance> page() {
        return desk.view(me())
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
        return desk.view(me()).map(Templates::desk$status);
    }

    @GET
    @Path("/work")
    @Produces(MediaType.TEXT_HTML)
    public Uni<TemplateInstance> work() {
        return desk.view(me()).map(view -> Templates.desk$work(view, today(view), tomorrow(view), Choices.ALL));
    }

    private static LocalDate today(Desk.View view) {
        return view.now().atZone(PARIS).toLocalDate();
    }

    /** A first guess for a callback: tomorrow at this hour. */
    private static LocalDateTime tomorrow(Desk.View view) {
        return view.now().atZone(PARIS).toLocalDateTime().plusDays(1).truncatedTo(ChronoUnit.HOURS);
    }

    @GET
    @Path("/state")
    @Produces(MediaType.APPLICATION_JSON)
    public Uni<Desk.State> state() {
        return desk.state(me());
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

    @POST
    @Path("/presence")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Uni<Void> presence(
            @FormParam("state") @Nullable String state, @FormParam("campaign") @Nullable Long campaign) {
        Agents.State wanted = switch (state == null ? "" : state) {
            case "READY" -> Agents.State.READY;
            case "PAUSED" -> Agents.State.PAUSED;
            case "OFFLINE" -> Agents.State.OFFLINE;
            default -> throw Problem.badRequest("bad-state", "Prêt, en pause ou absent.");
        };
        return desk.setPresence(me(), wanted, campaign);
    }

    @POST
    @Path("/call")
    public Uni<Void> call() {
        return desk.callPreviewed(me());
    }

    @POST
    @Path("/pass")
    public Uni<Void> pass() {
        return desk.pass(me());
    }

    @POST
    @Path("/hangup")
    public Uni<Void> hangUp() {
        return desk.hangUp(me());
    }

    /** The half hours for which the agent can promise a call in the campaign of the youth in hand. */
    @GET
    @Path("/slots")
    @Produces(MediaType.TEXT_HTML)
    public Uni<TemplateInstance> slots() {
        return desk.slots(me()).map(Templates::slots);
    }

    /** What the agent promised for today and the next working day. */
    @GET
    @Path("/callbacks")
    @Produces(MediaType.TEXT_HTML)
    public Uni<TemplateInstance> callbacks() {
        return desk.promises(me())
                .map(view -> Templates.callbacks(view, view.now().atZone(PARIS).toLocalDate()));
    }

    /** Leaves the campaign's message on the voicemail that answered, and is done with this call. */
    @POST
    @Path("/message")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Uni<Void> message(@FormParam("attemptId") long attemptId, @FormParam("actionId") @Nullable String actionId) {
        return interview.leaveMessage(me(), attemptId, actionId == null ? "" : actionId);
    }

    /** Youths whom a caller may be, of this name and birth date; posted, so that names stand in no address. */
    @POST
    @Path("/caller/search")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Produces(MediaType.TEXT_HTML)
    public Uni<TemplateInstance> search(
            @FormParam("caller") long caller,
            @FormParam("name") @Nullable String name,
            @FormParam("birthDate") @Nullable String birthDate) {
        String asked = name == null ? "" : name.strip();
        if (asked.length() < 2 || asked.length() > LONGEST_NAME) {
            throw Problem.badRequest("bad-name", "Écrivez le nom ou le prénom.");
        }
        return callers.search(me(), asked, day(birthDate)).map(found -> Templates.found(found, caller));
    }

    private static LocalDate day(@Nullable String text) {
        try {
            return LocalDate.parse(text == null ? "" : text);
        } catch (DateTimeParseException e) {
            throw Problem.badRequest("bad-birthDate", "Indiquez la date de naissance.");
        }
    }

    /** The agent says who rings. */
    @POST
    @Path("/caller/identify")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Uni<Void> identify(
            @FormParam("caller") long caller,
            @FormParam("campaign") long campaign,
            @FormParam("youth") long youth,
            @FormParam("self") @Nullable String self) {
        return callers.identify(me(), new Callers.Who(caller, campaign, youth, "yes".equals(self)));
    }

    /** Nobody of ours rings. */
    @POST
    @Path("/caller/dismiss")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Uni<Void> dismiss(@FormParam("caller") long caller) {
        return callers.dismiss(me(), caller);
    }

    @POST
    @Path("/outcome")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Uni<Void> outcome(@BeanParam OutcomeForm form) {
        return interview.record(me(), form.read());
    }

    @POST
    @Path("/draft")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Uni<Void> draft(@FormParam("attemptId") long attemptId, @FormParam("draft") @Nullable String draft) {
        return desk.saveDraft(me(), attemptId, draft == null ? "" : draft);
    }

    private Account me() {
        return Account.of(identity);
    }
}
