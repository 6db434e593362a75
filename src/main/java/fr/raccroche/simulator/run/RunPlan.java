package fr.raccroche.simulator.run;

import java.net.URI;
import java.util.List;

/**
 * Who works where in a run, and how.
 *
 * @param callerNumber the number shown to those called; one of the account's
 * @param target share of answered calls without an agent, in percent, up to which lines ring in bursts; 0 for one line
 *     each
 * @param attempts per youth, one to ten
 * @param campaigns at once, which share youths and families: one or two
 */
public record RunPlan(
        URI product,
        Credentials supervisor,
        List<Credentials> agents,
        String callerNumber,
        int target,
        int attempts,
        int campaigns) {

    static final int MOST_ATTEMPTS = 10;

    public RunPlan(URI product, Credentials supervisor, List<Credentials> agents, String callerNumber) {
        this(product, supervisor, agents, callerNumber, 0, MOST_ATTEMPTS, 1);
    }

    /** The same with so many attempts per youth. */
    public RunPlan withAttempts(int most) {
        return new RunPlan(product, supervisor, agents, callerNumber, target, most, campaigns);
    }
}
