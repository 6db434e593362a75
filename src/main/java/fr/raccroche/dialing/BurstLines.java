package fr.raccroche.dialing;

import fr.raccroche.campaign.BurstBound;

/** What may ring for agents who wait, and what rings for all of them already. */
record BurstLines(BurstBound bound, SharedLines shared) {

    static final BurstLines ONE_EACH = new BurstLines(BurstBound.ONE_EACH, SharedLines.NONE);

    /** How many more may ring for {@code agents} who wait. */
    int free(int agents) {
        return bound.lines(Math.max(0, agents - shared.answered())) - shared.ringing();
    }

    /** Whether {@code agents} who wait may have more lines than they are. */
    boolean sharedBy(int agents) {
        int waiting = agents - shared.answered();
        return bound.lines(Math.max(0, waiting)) > waiting;
    }

    BurstLines withOneMore() {
        return new BurstLines(bound, new SharedLines(shared.ringing() + 1, shared.answered()));
    }
}
