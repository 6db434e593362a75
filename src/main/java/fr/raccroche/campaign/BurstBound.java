package fr.raccroche.campaign;

import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.statistics.interval.BinomialConfidenceInterval;

/**
 * How many lines may ring together for agents who wait, so that the expected share of answered calls without an agent
 * stays under the campaign's target. Lines answer independently and with the same probability, a person or a machine,
 * because both take an agent. That probability is not believed but bounded from above: Clopper and Pearson's exact limit
 * at 97.5 %, from the campaign's own calls at this time of day. Agents count only while they wait: an agent who is about
 * to finish is none, and one agent is never given a second line.
 */
public final class BurstBound {

    /** One line per agent, whatever happens. */
    public static final BurstBound ONE_EACH = new BurstBound(0, 0, new Calls(0, 0));

    /** Fewer calls say too little. */
    static final int FEWEST_CALLS = 100;

    /** A limit further above the measured share is a guess. */
    static final double WIDEST = 0.10;

    /** Nobody needs more lines at once, whatever is computed. */
    static final int MOST_LINES = 500;

    private static final double UNCERTAINTY = 0.025;

    /** Below, the limit would hardly say anything about the next hour. */
    private static final double LOWEST_RATE = 0.02;

    private final Calls recent;
    private final double target;
    private final double limit;
    private final Ground ground;

    /**
     * @param target share of answered calls that may be without an agent, 0 to 0.03
     * @param measured the share of the last 30 days
     * @param recent calls of this time of day
     */
    public BurstBound(double target, double measured, Calls recent) {
        this.target = target;
        this.recent = recent;
        this.limit = recent.limit();
        this.ground = ground(measured);
    }

    /**
     * Calls that rang until somebody answered or nobody did; engaged and dead lines say nothing here.
     *
     * @param answered by a person or a machine
     */
    public record Calls(long all, long answered) {

        public Calls {
            if (all < 0 || answered < 0 || answered > all) {
                throw new IllegalArgumentException(answered + " of " + all + " calls answered");
            }
        }

        double rate() {
            return all == 0 ? 0 : (double) answered / all;
        }

        /** The answer rate above which so few answers would be seen with a probability of 2.5 % only. */
        double limit() {
            if (answered == all) {
                return 1;
            }
            return BinomialConfidenceInterval.CLOPPER_PEARSON
                    .fromErrorRate(Math.toIntExact(all), Math.toIntExact(answered), 2 * UNCERTAINTY)
                    .getUpperBound();
        }
    }

    /** Whether more lines than agents may ring, and if not, why. */
    public enum Ground {
        ALLOWED,
        /** The campaign accepts nobody without an agent. */
        NO_TARGET,
        /** More were without an agent than the campaign accepts. */
        TOO_MANY_ABANDONED,
        TOO_FEW_CALLS,
        /** The answer rate is not known well enough. */
        UNCERTAIN
    }

    private Ground ground(double measured) {
        if (target <= 0) {
            return Ground.NO_TARGET;
        }
        if (measured > target) {
            return Ground.TOO_MANY_ABANDONED;
        }
        if (recent.all() < FEWEST_CALLS) {
            return Ground.TOO_FEW_CALLS;
        }
        return limit - recent.rate() > WIDEST ? Ground.UNCERTAIN : Ground.ALLOWED;
    }

    public Ground ground() {
        return ground;
    }

    /** Whether more lines than agents may ring for two agents or more. */
    public boolean allowed() {
        return ground == Ground.ALLOWED;
    }

    /** Calls that the answer rate was learnt from. */
    public Calls recent() {
        return recent;
    }

    /** The answer rate that is reckoned with, above the measured one. */
    public double limit() {
        return limit;
    }

    /** Lines that may ring for {@code agents} who wait, at least one each. */
    public int lines(int agents) {
        return agents < 2 || !allowed() ? agents : lines(agents, limit, target);
    }

    /** What a team of some sizes would get now, for showing. */
    public List<Team> teams() {
        return Stream.of(1, 2, 3, 4, 5, 8, 10, 15)
                .map(agents -> new Team(agents, lines(agents)))
                .toList();
    }

    /** Agents who wait, and the lines that may ring for them. */
    public record Team(int agents, int lines) {}

    /** The largest number of lines of which the expected share without an agent is at most {@code target}. */
    static int lines(int agents, double rate, double target) {
        double p = Math.max(rate, LOWEST_RATE);
        if (agents < 2 || agents >= MOST_LINES || abandoned(agents, agents + 1, p) > target) {
            return agents;
        }
        int enough = agents + 1;
        int tooMany = MOST_LINES + 1;
        while (tooMany - enough > 1) {
            int middle = (enough + tooMany) >>> 1;
            if (abandoned(agents, middle, p) <= target) {
                enough = middle;
            } else {
                tooMany = middle;
            }
        }
        return enough;
    }

    /** Σ (x − agents) · Bin(lines, p, x) over x above agents, divided by lines · p. */
    static double abandoned(int agents, int lines, double p) {
        if (p >= 1) {
            return (double) Math.max(0, lines - agents) / lines;
        }
        double mean = lines * p;
        return (agents < mean ? mean - agents + idle(agents, lines, p) : excess(agents, lines, p)) / mean;
    }

    /** Expected answers without an agent; to be asked where they are few, or the first chance is too small to be written. */
    private static double excess(int agents, int lines, double p) {
        double odds = p / (1 - p);
        double excess = 0;
        double chance = Math.exp(logBinomial(lines, p, agents + 1));
        for (int x = agents + 1; x <= lines; x++) {
            excess += (x - agents) * chance;
            chance *= odds * (lines - x) / (x + 1);
        }
        return excess;
    }

    /** Expected agents without an answer. */
    private static double idle(int agents, int lines, double p) {
        double odds = (1 - p) / p;
        double idle = 0;
        double chance = Math.exp(logBinomial(lines, p, agents));
        for (int x = agents; x >= 0; x--) {
            idle += (agents - x) * chance;
            chance *= odds * x / (lines - x + 1);
        }
        return idle;
    }

    private static double logBinomial(long n, double p, long x) {
        double log = x * Math.log(p) + (n - x) * Math.log1p(-p);
        for (long i = 1; i <= x; i++) {
            log += Math.log((double) (n - x + i) / i);
        }
        return log;
    }
}
