package fr.raccroche.supervision;

import fr.raccroche.campaign.Campaign;
import fr.raccroche.dialing.Agents;
import fr.raccroche.queue.YouthState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A campaign at one moment, for programs.
 *
 * @param states every state, those with nobody included; their sum is {@code youths}
 * @param dueNow youths who wait for a call at this moment; 0 unless the campaign runs, within its hours
 * @param nextDueAt the earliest moment at which somebody may be called, within the campaign's hours, past or future; null when nobody waits
 * @param inFlight attempts not yet closed by a result
 * @param contactRate attempts of today in which a person spoke, among those of today that ended; 0 when none ended
 * @param outboxPending events of this installation that have not been delivered and are not parked, and texts of this
 *     campaign that are due
 */
record CampaignState(
        Subject campaign,
        long youths,
        Map<YouthState, Long> states,
        long dueNow,
        long inFlight,
        @Nullable Instant nextDueAt,
        long attemptsToday,
        double contactRate,
        long referrals,
        long attempts,
        long overdueHandoffs,
        long openCallbacks,
        long outboxPending,
        Telephony telephony,
        List<Agent> agents) {

    /** Which campaign. */
    record Subject(long id, String name, Campaign.State state) {}

    /** Whether Twilio takes calls. */
    enum Telephony {
        UP,
        DOWN
    }

    /** An agent at work and since when. */
    record Agent(String name, Agents.State presence, Instant since) {

        /** Which of the page's state colours goes with the word. */
        public String colour() {
            return switch (presence) {
                case READY -> "good";
                case PAUSED -> "warn";
                case PREVIEW, DIALING, IN_CALL, WRAP_UP -> "busy";
                case OFFLINE -> "";
            };
        }
    }
}
