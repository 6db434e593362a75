package fr.raccroche.handoff;

import fr.raccroche.directory.StructureKind;
import fr.raccroche.handoff.Handoff.Result;
import fr.raccroche.handoff.Handoff.State;
import java.time.LocalDate;
import java.time.Period;
import org.jspecify.annotations.Nullable;

/**
 * A handoff as one line of a list, seen on a given day.
 *
 * @param structure name of the structure; null while nobody has chosen one
 */
record Line(
        long id,
        Callee youth,
        StructureKind kind,
        @Nullable Long structureId,
        @Nullable String structure,
        Agreement agreement,
        LocalDate dueOn,
        State state,
        @Nullable Result result,
        int version,
        LocalDate today) {

    int age() {
        return Period.between(youth.birthDate(), today).getYears();
    }

    public boolean adult() {
        return age() >= 18;
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
