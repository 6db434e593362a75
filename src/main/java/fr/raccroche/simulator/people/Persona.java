package fr.raccroche.simulator.people;

import java.time.Duration;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;

/**
 * One simulated youth: what the list says about them, and the hidden truth that only the calls bring to light.
 *
 * @param talk how long an interview with them lasts, in business time
 * @param callbackAt the hour at which they ask to be called again when first reached; empty when they talk at once
 * @param texting what they do when a text arrives
 */
public record Persona(
        Identity identity,
        List<Line> lines,
        Stance stance,
        Optional<Solution> solution,
        Duration talk,
        Optional<LocalTime> callbackAt,
        Texting texting) {

    boolean wantsReferral() {
        return stance == Stance.WANTS_CIO || stance == Stance.WANTS_MISSION_LOCALE;
    }
}
