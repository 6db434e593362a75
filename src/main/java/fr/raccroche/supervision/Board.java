package fr.raccroche.supervision;

import fr.raccroche.queue.YouthState;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;

/**
 * The wallboard of one campaign.
 *
 * @param reachedToday youths with whom, or with whose family, somebody spoke today
 * @param hours the attempts of today, by hour of Europe/Paris
 */
record Board(CampaignState state, LocalDate day, long reachedToday, List<Hour> hours, Waiting waiting, ToDo toDo) {

    /** Calls of one hour that began at {@code hour} o'clock. */
    record Hour(int hour, long attempts, long ended, long reached) {

        public double rate() {
            return share(reached, ended);
        }
    }

    /** What needs a person in this campaign. */
    record Waiting(long unroutedHandoffs, long smsReplies) {}

    /** One step of the funnel; the shares of all steps make the whole list. */
    record Step(YouthState state, long youths, double share) {}

    /** Everyone on the list, each in one state, largest first among those that are done. */
    public List<Step> funnel() {
        return state.states().entrySet().stream()
                .map(entry -> step(entry.getKey(), entry.getValue()))
                .sorted(Comparator.comparing((Step step) -> step.state().isFinal())
                        .thenComparing(Comparator.comparingLong(Step::youths).reversed()))
                .toList();
    }

    private Step step(YouthState youthState, long youths) {
        return new Step(youthState, youths, share(youths, state.youths()));
    }

    public boolean telephonyDown() {
        return state.telephony() == CampaignState.Telephony.DOWN;
    }

    public boolean nothingToDo() {
        return !telephonyDown()
                && state.overdueHandoffs() == 0
                && waiting.unroutedHandoffs() == 0
                && waiting.smsReplies() == 0
                && toDo.tasks().isEmpty();
    }

    static double share(long part, long whole) {
        return whole == 0 ? 0 : (double) part / whole;
    }
}
