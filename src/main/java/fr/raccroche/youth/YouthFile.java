package fr.raccroche.youth;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that is known about one youth before anybody speaks to them.
 *
 * @param ine national pupil number, when the list had one of a known shape
 * @param sieiNumber number in the interministerial exchange system, opaque
 * @param sex {@code F}, {@code M} or null
 * @param schoolUai last school attended
 * @param numbers in the order to try them, unusable ones included
 * @param guardians by rank
 * @param objected whether an objection stands: then nobody calls or writes
 */
public record YouthFile(
        long id,
        @Nullable String ine,
        @Nullable String sieiNumber,
        String lastName,
        String firstName,
        LocalDate birthDate,
        @Nullable String sex,
        Home home,
        @Nullable String email,
        @Nullable String schoolUai,
        @Nullable String lastTraining,
        List<PhoneNumber> numbers,
        List<LegalGuardian> guardians,
        boolean objected) {

    public Age age(LocalDate day) {
        return Age.at(birthDate, day);
    }

    YouthFile with(List<PhoneNumber> theirNumbers, List<LegalGuardian> theirGuardians) {
        return new YouthFile(
                id,
                ine,
                sieiNumber,
                lastName,
                firstName,
                birthDate,
                sex,
                home,
                email,
                schoolUai,
                lastTraining,
                theirNumbers,
                theirGuardians,
                objected);
    }
}
