package fr.raccroche.desk;

import fr.raccroche.dialing.InboundCalls;
import fr.raccroche.inbound.Callers;
import fr.raccroche.platform.Problem;
import fr.raccroche.security.Account;
import fr.raccroche.security.Role;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Somebody rang, and the agent who has them finds out whom it is about. */
@Path("/desk/caller")
@RolesAllowed(Role.IS_AGENT)
public class CallerPages {

    private static final int LONGEST_NAME = 80;

    @CheckedTemplate
    static class Templates {

        private Templates() {}

        static native TemplateInstance found(List<InboundCalls.PossibleYouth> found, long caller);
    }

    private final SecurityIdentity identity;
    private final Callers callers;

    CallerPages(SecurityIdentity identity, Callers callers) {
        this.identity = identity;
        this.callers = callers;
    }

    /** Youths whom a caller may be, of this name and birth date; posted, so that names stand in no address. */
    @POST
    @Path("/search")
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
    @Path("/identify")
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
    @Path("/dismiss")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Uni<Void> dismiss(@FormParam("caller") long caller) {
        return callers.dismiss(me(), caller);
    }

    private Account me() {
        return Account.of(identity);
    }
}
