package fr.raccroche.handoff;

import fr.raccroche.TestingQueue;
import fr.raccroche.campaign.AttemptResult;
import fr.raccroche.directory.StructureKind;
import fr.raccroche.youth.AgreedBy;
import java.time.Instant;

/** The event that the desk sends when somebody agreed to be referred. */
final class TestingAgreement {

    private TestingAgreement() {}

    /** An agreement on the {@code n}th attempt, as the desk writes it. */
    static OutcomeRecorded of(TestingQueue campaign, long youth, int n, StructureKind kind, Instant at) {
        long outcome = campaign.referral(youth, campaign.attempt(youth, n, at), kind, at);
        return new OutcomeRecorded(
                outcome, campaign.id(), youth, AttemptResult.REFERRAL, kind, AgreedBy.YOUTH, at, "préfère après 17 h");
    }
}
