package fr.raccroche.handoff;

import fr.raccroche.directory.Structure;
import java.time.Instant;

/** An agreement given on the phone: this youth, that kind of structure. The note stays with the outcome. */
record Referral(
        long outcomeId, long campaignId, long youthId, Structure.Kind kind, AgreedBy agreedBy, Instant agreedAt) {

    Deadline deadline() {
        return Deadline.after(agreedAt);
    }
}
