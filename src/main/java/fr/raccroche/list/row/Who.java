package fr.raccroche.list.row;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** Person whom a row seems to mean, as far as it says. */
public record Who(
        @Nullable String ine,
        @Nullable String siei,
        @Nullable String nameKey,
        @Nullable LocalDate birthDate) {}
