package fr.raccroche.simulator.people;

import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.Period;
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

    /** A legal guardian as the list names them; {@code number} may be empty. */
    public record Guardian(String lastName, String firstName, boolean female, String number, Commune commune) {}

    /** A commune of Île-de-France with one of its postal codes. */
    public record Commune(String insee, String name, String department, String postalCode, int population) {}

    /** A phone line that leads, or does not lead, to the youth. */
    public record Line(String number, Owner owner, Condition condition, Reach reach, boolean voicemail) {}

    /** Whose phone it is. */
    public enum Owner {
        YOUTH,
        HOME,
        GUARDIAN
    }

    /** What is true of a line, whatever the list says. */
    public enum Condition {
        WORKS,
        NOT_IN_SERVICE,
        WRONG_PERSON,
        ALWAYS_VOICEMAIL,
        NOBODY
    }

    /** Probability, 0 to 1, that a ring is answered before 13:00, before 18:00, and later. */
    public record Reach(double morning, double afternoon, double evening) {
        static final Reach NEVER = new Reach(0, 0, 0);

        double at(LocalTime time) {
            if (time.getHour() < 13) {
                return morning;
            }
            return time.getHour() < 18 ? afternoon : evening;
        }
    }

    /** What the youth will say once reached. */
    public enum Stance {
        IN_SOLUTION,
        WANTS_CIO,
        WANTS_MISSION_LOCALE,
        WANTS_NOTHING,
        REFUSES,
        OBJECTS,
        TOO_YOUNG
    }

    /** What a youth in solution does. */
    public enum Solution {
        SCHOOL,
        APPRENTICESHIP,
        TRAINING,
        EMPLOYMENT,
        CIVIC_SERVICE,
        SUPPORTED,
        OTHER
    }

    /** Answer to a first text. */
    public enum Texting {
        SILENT,
        STOP,
        FREE_TEXT
    }

    boolean wantsReferral() {
        return stance == Stance.WANTS_CIO || stance == Stance.WANTS_MISSION_LOCALE;
    }
}
