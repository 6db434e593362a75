package fr.raccroche.handoff;

import fr.raccroche.handoff.FollowUps.Report;
import fr.raccroche.handoff.Handoff.Result;
import fr.raccroche.platform.Problem;
import java.util.Arrays;
import org.jboss.resteasy.reactive.RestForm;
import org.jspecify.annotations.Nullable;

/** What somebody typed about a youth: kept and shown again until it is recorded. */
class ReportForm {

    @RestForm
    int version;

    @RestForm
    @Nullable
    Boolean reached;

    @RestForm
    @Nullable
    String result;

    /** The structure that goes on. */
    @RestForm
    @Nullable
    Long to;

    @RestForm
    @Nullable
    String note;

    Report report() {
        if (reached == null) {
            throw Problem.badRequest("reached", "Dites d'abord si un contact a été établi.");
        }
        return new Report(version, reached, chosen(), said());
    }

    private @Nullable Result chosen() {
        if (result == null || result.isEmpty()) {
            return null;
        }
        return Arrays.stream(Result.values())
                .filter(one -> one.name().equals(result))
                .findFirst()
                .orElseThrow(() -> Problem.badRequest("result", "Ce résultat n'est pas dans la liste."));
    }

    @Nullable
    String said() {
        return note == null || note.isBlank() ? null : note.strip();
    }

    Draft draft(Problem problem) {
        return new Draft(problem.detail(), problem.code(), reached, result, to, said());
    }

    /**
     * What stands in the form when it comes back.
     *
     * @param problem why it was not recorded; null when nothing went wrong
     * @param code of the problem: the field, mostly
     */
    record Draft(
            @Nullable String problem,
            @Nullable String code,
            @Nullable Boolean reached,
            @Nullable String result,
            @Nullable Long to,
            @Nullable String note) {

        static final Draft NONE = new Draft(null, null, null, null, null, null);

        public boolean isReached(boolean answer) {
            return reached != null && reached == answer;
        }

        public boolean chose(Result one) {
            return one.name().equals(result);
        }

        public boolean choseNone() {
            return result == null || result.isEmpty();
        }

        public boolean goesTo(long structure) {
            return to != null && to == structure;
        }

        public boolean goesToSupervisor() {
            return goesTo(FollowUps.SUPERVISOR_CHOOSES);
        }

        /** Whether the problem is the answer to this question. */
        public boolean isAbout(String field) {
            return field.equals(code);
        }

        /** Whether something was typed that is not recorded. */
        public boolean holds() {
            return problem != null && note != null;
        }
    }
}
