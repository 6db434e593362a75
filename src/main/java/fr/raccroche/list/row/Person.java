package fr.raccroche.list.row;

import fr.raccroche.youth.Home;
import fr.raccroche.youth.LegalGuardian;
import fr.raccroche.youth.NumberOwner;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One accepted row: every value is clean, absent values are null. */
public record Person(
        @Nullable String ine,
        @Nullable String sieiNumber,
        String lastName,
        String firstName,
        String nameKey,
        LocalDate birthDate,
        @Nullable String sex,
        Home home,
        @Nullable String email,
        @Nullable String schoolUai,
        @Nullable String lastTraining,
        @Nullable LegalGuardian guardian1,
        @Nullable LegalGuardian guardian2,
        List<Phone> phones) {

    /** A number in the order to try; the first owner named keeps a number that stands in two columns. */
    public record Phone(String e164, NumberOwner owner, boolean mobile) {}
}
