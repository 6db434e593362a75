package fr.raccroche.handoff;

import fr.raccroche.directory.StructureKind;
import fr.raccroche.youth.AgreedBy;
import java.time.Instant;

/** An agreement given on the phone: this youth, that kind of structure. The note stays with the outcome. */
record Referral(
        long outcomeId, long campaignId, long youthId, StructureKind kind, AgreedBy agreedBy, Instant agreedAt) {

    Deadline deadline() {
        return Deadline.after(agreedAt);
    }
}
