package fr.raccroche.handoff;

import fr.raccroche.directory.StructureKind;
import fr.raccroche.platform.Problem;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A youth in the hands of a structure: called back, contacted, closed with a result.
 *
 * @param version counts changes; whoever decides on an older one decides on what is no longer true
 */
record Handoff(
        long id,
        StructureKind kind,
        @Nullable Long structureId,
        State state,
        @Nullable Result result,
        @Nullable Instant firstContactAt,
        @Nullable Instant closedAt,
        int version) {

    enum State {
        TO_CALL,
        CONTACTED,
        CLOSED
    }

    /** How it ended, in the words of the structures (domain: one vocabulary for CIO and mission locale). */
    enum Result {
        APPOINTMENT,
        ALREADY_SUPPORTED,
        IN_SOLUTION,
        DECLINED,
        UNREACHABLE,
        WRONG_NUMBER,
        /** Another structure goes on, by the same clock. */
        REDIRECTED,
        OTHER;

        /** Whether somebody who reached the youth, or did not, can say so. */
        boolean fits(boolean reached) {
            return switch (this) {
                case APPOINTMENT, DECLINED -> reached;
                case UNREACHABLE, WRONG_NUMBER -> !reached;
                case ALREADY_SUPPORTED, IN_SOLUTION, REDIRECTED, OTHER -> true;
            };
        }
    }

    /** What happened to a handoff, for its history. */
    enum EventKind {
        SENT,
        ASSIGNED,
        TRIED,
        CONTACTED,
        CLOSED,
        /** A structure passed it on to another one. */
        REDIRECTED,
        /** What was closed by mistake goes on. */
        REOPENED,
        /** Somebody wrote something down, and nothing changed. */
        NOTED,
        /** A supervisor took care of a youth whom the structure could not reach. */
        RETURN_SEEN
    }

    /** A handoff after a step, and the step's name in the history. */
    record Step(Handoff after, EventKind kind) {}

    /** Fails with 409 when somebody changed the handoff since {@code seen}. */
    Handoff unchangedSince(int seen) {
        if (seen != version) {
            throw Problem.conflict(
                    "handoff-changed",
                    "Une autre personne a enregistré ce dossier avant vous. Votre texte est gardé ci-dessous :"
                            + " lisez ce qui a changé dans l'historique, puis enregistrez s'il vaut encore.");
        }
        return this;
    }

    /**
     * What a counsellor reports: a try, a contact, or the end.
     *
     * @param result null while the follow-up goes on
     */
    Step report(boolean reached, @Nullable Result result, Instant now) {
        requireOpen();
        if (result == null) {
            return reached ? new Step(contacted(now), EventKind.CONTACTED) : new Step(this, EventKind.TRIED);
        }
        boolean everReached = reached || firstContactAt != null;
        if (!result.fits(everReached) && !result.fits(reached)) {
            throw Problem.badRequest(
                    "result-without-contact",
                    "Ce résultat ne correspond pas à la première réponse : dites d'abord si un contact a été établi.");
        }
        Handoff before = reached ? contacted(now) : this;
        return new Step(before.closed(result, now), EventKind.CLOSED);
    }

    /** A structure may take its own end back for so many days; after that a supervisor can. */
    static final int DAYS_TO_REOPEN = 7;

    /** Whether whoever is asked can open it again at {@code now}. */
    boolean isReopenable(boolean supervisor, Instant now) {
        return closedAt != null && (supervisor || !now.isAfter(closedAt.plus(Duration.ofDays(DAYS_TO_REOPEN))));
    }

    /** What was closed by mistake goes on where it was, by the same clock. */
    Handoff reopened(boolean supervisor, Instant now) {
        if (state != State.CLOSED) {
            throw Problem.conflict("handoff-open", "Ce dossier est déjà ouvert. Rien n'a été changé.");
        }
        if (!isReopenable(supervisor, now)) {
            throw Problem.conflict(
                    "handoff-too-late",
                    "Ce dossier est terminé depuis plus de %d jours : demandez au superviseur de le rouvrir."
                            .formatted(DAYS_TO_REOPEN));
        }
        State before = firstContactAt == null ? State.TO_CALL : State.CONTACTED;
        return new Handoff(id, kind, structureId, before, null, firstContactAt, null, version);
    }

    Handoff assignedTo(Recipient structure) {
        requireOpen();
        return new Handoff(id, kind, structure.id(), state, result, firstContactAt, closedAt, version);
    }

    private Handoff contacted(Instant now) {
        Instant first = firstContactAt == null ? now : firstContactAt;
        return new Handoff(id, kind, structureId, State.CONTACTED, result, first, closedAt, version);
    }

    private Handoff closed(Result how, Instant now) {
        return new Handoff(id, kind, structureId, State.CLOSED, how, firstContactAt, now, version);
    }

    private void requireOpen() {
        if (state == State.CLOSED) {
            throw Problem.conflict("handoff-closed", "Ce dossier est déjà terminé.");
        }
    }
}
