package fr.raccroche.handoff;

import fr.raccroche.directory.StructureKind;
import fr.raccroche.handoff.Handoff.Result;
import fr.raccroche.handoff.Handoff.State;
import java.time.Instant;
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
        Progress progress,
        LocalDate today) {

    /**
     * What happened beside the state.
     *
     * @param renewedAt when the youth agreed again after a first contact; null when they did not
     * @param closedAt when it ended; null while it goes on
     * @param returnSeen whether a supervisor took care after the structure reached nobody
     * @param contacted whether a first contact was made
     */
    record Progress(@Nullable Instant renewedAt, @Nullable Instant closedAt, boolean returnSeen, boolean contacted) {}

    int age() {
        return Period.between(youth.birthDate(), today).getYears();
    }

    public boolean adult() {
        return age() >= 18;
    }

    public String deadline() {
        return new Deadline(dueOn).label(today);
    }

    /** The deadline for whoever has to keep it; empty where none runs. */
    public String deadlineInWords() {
        return state == State.TO_CALL ? new Deadline(dueOn).words(today) : "";
    }

    /** Agreed again, and nobody called back since. */
    public boolean renewed() {
        return state == State.TO_CALL && progress.renewedAt() != null;
    }

    /** The structure reached nobody, and the supervisor has to look for them otherwise. */
    public boolean returned() {
        return !progress.returnSeen() && (result == Result.UNREACHABLE || result == Result.WRONG_NUMBER);
    }

    /** Whether {@code chosen} can follow from what happened so far, and from a contact or none today. */
    public boolean allows(Result chosen, boolean reached) {
        return progress.contacted() || chosen.fits(reached);
    }

    public boolean late() {
        return state == State.TO_CALL && new Deadline(dueOn).isOver(today);
    }

    public boolean open() {
        return state != State.CLOSED;
    }
}
