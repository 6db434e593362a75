package fr.raccroche.youth;

import java.time.LocalDate;
import java.time.Period;

/**
 * Completed years of life on a given day, and what the law ties to them.
 *
 * @param years completed years; negative before birth
 */
public record Age(int years) {

    private static final int YOUNGEST = 10;
    private static final int OLDEST = 30;

    /** Someone born on 29 February is a year older on 1 March of a common year, as civil law counts. */
    public static Age at(LocalDate birthDate, LocalDate day) {
        return new Age(Period.between(birthDate, day).getYears());
    }

    /** From 10 to 30: whom a list may name; with any other age the birth date is wrong. */
    public boolean plausible() {
        return years >= YOUNGEST && years <= OLDEST;
    }

    /** Under 18: a guardian may be told what the call is about; for an adult the guardian is a third party. */
    public boolean minor() {
        return years < 18;
    }

    /** Under 16: still of school age, never called, left to the school side. */
    public boolean under16() {
        return years < 16;
    }

    /** 16 or 17: bound to study, train, work or be supported (R23, code de l'éducation L114-1). */
    public boolean trainingObligation() {
        return !under16() && minor();
    }
}
