package fr.raccroche.handoff;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** A youth whom a structure is to call back. */
record Callee(
        long id,
        String firstName,
        String lastName,
        LocalDate birthDate,
        @Nullable String commune) {

    /** First name and initial: what a screen in an open office may show. */
    public String shortName() {
        return "%s %s.".formatted(firstName, lastName.substring(0, 1));
    }
}
