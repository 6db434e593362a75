package fr.raccroche.desk;

import fr.raccroche.dialing.Agents;
import fr.raccroche.platform.Problem;
import fr.raccroche.security.Account;
import fr.raccroche.security.Role;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import org.jspecify.annotations.Nullable;

/** The few things that an agent can do at the desk. */
@Path("/desk")
@RolesAllowed(Role.IS_AGENT)
public class DeskActions {

    private final SecurityIdentity identity;
    private final Desk desk;
    private final Preview preview;
    private final Interview interview;
    private final Voicemail voicemail;
    private final ToldNumber told;

    DeskActions(
            SecurityIdentity identity,
            Desk desk,
            Preview preview,
            Interview interview,
            Voicemail voicemail,
            ToldNumber told) {
        this.identity = identity;
        this.desk = desk;
        this.preview = preview;
        this.interview = interview;
        this.voicemail = voicemail;
        this.told = told;
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
        return preview.call(me());
    }

    @POST
    @Path("/pass")
    public Uni<Void> pass() {
        return preview.pass(me());
    }

    @POST
    @Path("/hangup")
    public Uni<Void> hangUp() {
        return desk.hangUp(me());
    }

    /** Leaves the campaign's message on the voicemail that answered, and is done with this call. */
    @POST
    @Path("/message")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Uni<Void> message(
            @FormParam("attemptId") long attemptId,
            @FormParam("actionId") @DefaultValue("") String actionId,
            @FormParam("note") @Nullable String note) {
        return voicemail.leave(me(), OutcomeForm.ofMessage(attemptId, actionId, note));
    }

    @POST
    @Path("/outcome")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Uni<Void> outcome(@BeanParam OutcomeForm form) {
        return interview.record(me(), form);
    }

    @POST
    @Path("/draft")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Uni<Void> draft(@FormParam("attemptId") long attemptId, @FormParam("draft") @Nullable String draft) {
        return desk.saveDraft(me(), attemptId, draft == null ? "" : draft);
    }

    /** A number that the agent was told, and whose it is. */
    @POST
    @Path("/number")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Uni<Void> number(
            @FormParam("attemptId") long attemptId,
            @FormParam("number") @Nullable String number,
            @FormParam("owner") @Nullable String owner) {
        return told.add(me(), attemptId, number, owner);
    }

    /** The agent's page is open and its script runs: the answer to each {@code alive} of its events. */
    @POST
    @Path("/seen")
    public Uni<Void> seen() {
        return desk.seen(me().id());
    }

    private Account me() {
        return Account.of(identity);
    }
}
