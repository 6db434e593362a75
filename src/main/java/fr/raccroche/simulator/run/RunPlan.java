package fr.raccroche.simulator.run;

import java.net.URI;
import java.util.List;

/**
 * Who works where in a run, and how.
 *
 * @param callerNumber the number shown to those called; one of the account's
 * @param target share of answered calls without an agent, in percent, up to which lines ring in bursts; 0 for one line
 *     each
 */
public record RunPlan(URI product, Credentials supervisor, List<Credentials> agents, String callerNumber, int target) {

    public RunPlan(URI product, Credentials supervisor, List<Credentials> agents, String callerNumber) {
        this(product, supervisor, agents, callerNumber, 0);
    }
}
