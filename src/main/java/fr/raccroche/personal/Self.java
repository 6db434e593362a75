package fr.raccroche.personal;

import fr.raccroche.campaign.Campaign;
import fr.raccroche.queue.YouthState;
import java.time.Instant;
import java.util.List;

/** A youth, their campaign, the number that they see, and where they stand. */
record Self(Campaign campaign, long youthId, String shown, Standing standing, Instant now) {

    PersonalView view() {
        boolean callable = !standing.objected() && canBeCalled();
        return new PersonalView(
                standing.firstName(),
                campaign.texts().service(),
                shown,
                callable ? Slots.offered(campaign, now) : List.of(),
                callable ? standing.callAt() : null,
                standing.objected());
    }

    boolean canBeCalled() {
        return !standing.state().isFinal() && !standing.withdrawn() && standing.tries() < campaign.maxAttempts();
    }

    /** Never reached, or without a number so far: what they say now is news. */
    boolean isOpen() {
        YouthState state = standing.state();
        return !state.isFinal() || (state.list() != null && state != YouthState.UNDER_16);
    }
}
