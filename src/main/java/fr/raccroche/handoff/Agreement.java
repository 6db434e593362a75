package fr.raccroche.handoff;

import static fr.raccroche.platform.FrenchCalendar.PARIS;

import fr.raccroche.youth.AgreedBy;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * What was said on the phone.
 *
 * @param note what the youth said, in the agent's words
 */
record Agreement(AgreedBy by, Instant at, @Nullable String note) {

    public LocalDate day() {
        return at.atZone(PARIS).toLocalDate();
    }
}
