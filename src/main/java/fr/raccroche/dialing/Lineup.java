package fr.raccroche.dialing;

import fr.raccroche.dialing.CallingRules.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/**
 * Who of the youths drawn together is called, and for whom: one line for each agent, or a few more that are shared.
 *
 * @param called in the order of the draw; never a second one for an agent or at a number
 * @param refused by the rules
 * @param passedOver youths in whose place others may be called
 */
record Lineup(List<Opening> called, List<Candidate> refused, int passedOver) {

    Lineup {
        called = List.copyOf(called);
        refused = List.copyOf(refused);
    }

    /**
     * Decides for {@code now}. Two youths of one draw may share a number: the second one stays where they are. So does
     * everybody from the first one on for whom there is no line: the next look begins with them.
     *
     * @param agents who can take a call, longest waiting first
     * @param youths in the order in which they should be called
     * @param lines what may ring for these agents besides one line each
     */
    static Lineup of(List<Long> agents, List<Candidate> youths, BurstLines lines, CallingRules rules, Instant now) {
        var called = new ArrayList<Opening>();
        var refused = new ArrayList<Candidate>();
        var ringing = new HashSet<String>();
        var free = new ArrayList<>(agents);
        BurstLines left = lines;
        int passedOver = 0;
        for (Candidate youth : youths) {
            switch (rules.decide(youth.facts(), now)) {
                case Verdict.Call call
                when ringing.add(call.phone().e164()) -> {
                    boolean alone = needsAgent(youth) || !left.sharedBy(free.size());
                    boolean line =
                            alone ? !free.isEmpty() && left.free(free.size() - 1) >= 0 : left.free(free.size()) > 0;
                    if (!line) {
                        return new Lineup(called, refused, passedOver);
                    }
                    called.add(new Opening(
                            youth.youthId(), alone ? agentFor(youth, free) : Attempts.NOBODY, call.phone()));
                    left = alone ? left : left.withOneMore();
                }
                case Verdict.Call taken -> passedOver++;
                case Verdict.Refused no -> {
                    refused.add(youth);
                    passedOver++;
                }
            }
        }
        return new Lineup(called, refused, passedOver);
    }

    /** A call that was promised, or is owed to who answered the last one in vain, has its agent from the start. */
    private static boolean needsAgent(Candidate youth) {
        return youth.promisedBy() != null || youth.facts().callbackAsked() || Settlement.isOwed(youth.facts());
    }

    /** Whoever promised the call, else the agent who waits longest; those who promised are drawn first. */
    private static long agentFor(Candidate youth, List<Long> free) {
        Long promisedBy = youth.promisedBy();
        return promisedBy != null && free.remove(promisedBy) ? promisedBy : free.removeFirst();
    }
}
