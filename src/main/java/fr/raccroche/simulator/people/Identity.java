package fr.raccroche.simulator.people;

import java.time.LocalDate;
import java.time.Period;
import java.util.List;

/** What the list holds about a youth; synthetic, with fictional phone numbers. */
public record Identity(
        String ine,
        String sieiNumber,
        String lastName,
        String firstName,
        boolean female,
        LocalDate birthDate,
        String uai,
        String training,
        String address,
        Commune commune,
        String email,
        List<Guardian> guardians) {

    int ageOn(LocalDate day) {
        return Period.between(birthDate, day).getYears();
    }
}
