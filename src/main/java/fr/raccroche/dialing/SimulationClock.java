package fr.raccroche.dialing;

import fr.raccroche.platform.BusinessClock;
import fr.raccroche.platform.Problem;
import fr.raccroche.security.Role;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeParseException;

/** Lets a simulation jump over hours in which nothing can happen. Does not exist while business time is real time. */
@Path("/simulation/clock")
@RolesAllowed({Role.IS_SUPERVISOR, Role.IS_ADMIN})
public class SimulationClock {

    private final Clock clock;
    private final Dialer dialer;

    SimulationClock(Clock clock, Dialer dialer) {
        this.clock = clock;
        this.dialer = dialer;
    }

    /** Jumps forward to an ISO instant. */
    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public void jump(@FormParam("to") String to) {
        if (!(clock instanceof BusinessClock business) || !business.isFast()) {
            throw Problem.notFound("Cette page n'existe pas.");
        }
        try {
            business.jumpTo(Instant.parse(to));
        } catch (DateTimeParseException e) {
            throw Problem.badRequest("bad-instant", "Instant attendu, par exemple 2026-11-24T09:00:00Z.");
        }
        dialer.nudge();
    }
}
