package fr.raccroche.handoff;

import fr.raccroche.handoff.Routing.Residences;
import java.time.LocalDate;
import java.time.Period;
import org.jspecify.annotations.Nullable;

/**
 * A youth whom no call reached. Identity and place only: nothing that was said in a call.
 *
 * @param attempts counted attempts, never more than ten
 * @param numbersTried how many different numbers were dialled
 */
record Unreached(
        @Nullable String ine,
        String lastName,
        String firstName,
        LocalDate birthDate,
        @Nullable String address,
        @Nullable String postalCode,
        @Nullable String commune,
        @Nullable String communeInsee,
        Reason reason,
        int attempts,
        int numbersTried,
        @Nullable String missionLocale,
        @Nullable String prijGroup,
        LocalDate today) {

    /** Why no call reached the youth: nobody answered, or no number works. */
    enum Reason {
        UNREACHABLE,
        WRONG_NUMBER
    }

    int age() {
        return Period.between(birthDate, today).getYears();
    }

    /** A youth to route, with the places that decide. */
    record ToRoute(long youthId, Residences homes) {}

    /** A campaign whose unreachable youths a structure received. */
    record Campaign(long id, String name, int youths) {}
}
