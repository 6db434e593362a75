package fr.raccroche.handoff;

import static fr.raccroche.platform.FrenchCalendar.PARIS;

import fr.raccroche.directory.StructureKind;
import fr.raccroche.handoff.Handoff.Result;
import fr.raccroche.handoff.Handoff.State;
import fr.raccroche.youth.AgreedBy;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import org.jspecify.annotations.Nullable;

/**
 * A handoff as one line of a list, seen on a given day.
 *
 * @param structure name of the structure; null while nobody has chosen one
 * @param note what the youth said, in the agent's words
 */
record Line(
        long id,
        long youthId,
        String firstName,
        String lastName,
        LocalDate birthDate,
        @Nullable String commune,
        StructureKind kind,
        @Nullable Long structureId,
        @Nullable String structure,
        AgreedBy agreedBy,
        Instant agreedAt,
        LocalDate dueOn,
        State state,
        @Nullable Result result,
        @Nullable String note,
        int version,
        LocalDate today) {

    /** First name and initial: what a screen in an open office may show. */
    public String shortName() {
        return "%s %s.".formatted(firstName, lastName.substring(0, 1));
    }

    int age() {
        return Period.between(birthDate, today).getYears();
    }

    public boolean adult() {
        return age() >= 18;
    }

    public LocalDate agreedOn() {
        return agreedAt.atZone(PARIS).toLocalDate();
    }

    public String deadline() {
        return new Deadline(dueOn).label(today);
    }

    public boolean late() {
        return state == State.TO_CALL && new Deadline(dueOn).isOver(today);
    }

    public boolean open() {
        return state != State.CLOSED;
    }
}
