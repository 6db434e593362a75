package fr.raccroche.list;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Somebody known, for the eye.
 *
 * @param phones their numbers in the order to try
 * @param guardians names of the first and the second, as far as they are known
 */
record KnownYouth(
        @Nullable String ine,
        @Nullable String siei,
        String lastName,
        String firstName,
        LocalDate birthDate,
        @Nullable String sex,
        @Nullable String address,
        @Nullable String postalCode,
        @Nullable String commune,
        @Nullable String email,
        @Nullable String school,
        @Nullable String training,
        List<String> phones,
        List<String> guardians) {}
