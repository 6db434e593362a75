package fr.raccroche.dialing;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;

/** Rings when something has changed for an agent. After the commit: whoever hears it reads the database. */
@ApplicationScoped
public class Bell {

    private final Event<Agents.Changed> changes;
    private final Dialer dialer;

    Bell(Event<Agents.Changed> changes, Dialer dialer) {
        this.changes = changes;
        this.dialer = dialer;
    }

    /** Tells the agent's page to read again, and the dialer that somebody may be free; {@link Attempts#NOBODY} has no page. */
    public void ring(long agentId) {
        tell(agentId);
        dialer.nudge();
    }

    /** Tells the agent's page only. */
    public void tell(long agentId) {
        if (agentId != Attempts.NOBODY) {
            changes.fire(new Agents.Changed(agentId));
        }
    }
}
