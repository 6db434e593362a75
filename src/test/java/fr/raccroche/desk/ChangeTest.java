package fr.raccroche.desk;

import static org.assertj.core.api.Assertions.assertThat;

import fr.raccroche.campaign.Campaign;
import fr.raccroche.dialing.Attempts;
import fr.raccroche.directory.StructureKind;
import fr.raccroche.platform.Problem;
import fr.raccroche.security.Role;
import fr.raccroche.youth.AgreedBy;
import fr.raccroche.youth.Solution;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who may correct what, when. */
class ChangeTest {

    private static final Instant RECORDED = Instant.parse("2026-11-24T09:00:00Z");
    private static final long AGENT = 7;

    private static Answer said(Outcome outcome) {
        return new Answer(
                outcome,
                outcome.asksForSolution() ? Solution.SCHOOL : null,
                outcome.asksForStructure() ? StructureKind.CIO : null,
                outcome.asksForStructure() ? AgreedBy.YOUTH : null,
                outcome.asksForMoment() ? RECORDED.plus(Duration.ofDays(1)) : null,
                false,
                null);
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", textBlock = """
            # account, role, minutes later, before, after, called again, in hand, campaign, reason, problem
            7, AGENT, 1, REFUSED, CALLBACK, false, false, RUNNING, -, -
            7, AGENT, 30, REFUSED, CALLBACK, false, false, RUNNING, -, -
            7, AGENT, 31, REFUSED, CALLBACK, false, false, RUNNING, -, too-late
            8, AGENT, 1, REFUSED, CALLBACK, false, false, RUNNING, -, not-found
            9, SUPERVISOR, 9000, REFUSED, CALLBACK, false, false, RUNNING, wrong key, -
            9, SUPERVISOR, 9000, REFUSED, CALLBACK, false, false, RUNNING, -, bad-reason
            # a no is always taken, and taken back by a supervisor only
            7, AGENT, 1, CALLBACK, OBJECTED, true, true, CLOSED, -, -
            7, AGENT, 31, CALLBACK, OBJECTED, false, false, RUNNING, -, too-late
            7, AGENT, 1, OBJECTED, REFUSED, false, false, RUNNING, -, objection-stands
            9, SUPERVISOR, 1, OBJECTED, REFUSED, false, false, RUNNING, other youth, -
            # what came since is not overwritten; a note may be
            7, AGENT, 1, REFUSED, CALLBACK, true, false, RUNNING, -, called-again
            7, AGENT, 1, REFUSED, CALLBACK, false, true, RUNNING, -, in-hand
            7, AGENT, 1, REFUSED, REFUSED, true, true, RUNNING, -, -
            # nobody waits for a call in a campaign that is over
            7, AGENT, 1, REFUSED, INTERRUPTED, false, false, CLOSED, -, campaign-closed
            7, AGENT, 1, REFUSED, IN_SOLUTION, false, false, CLOSED, -, -
            """)
    void aCallIsCorrectedByItsAgentForAWhileAndByASupervisorWhoSaysWhy(
            long account,
            Role role,
            long later,
            Outcome before,
            Outcome after,
            boolean calledAgain,
            boolean inHand,
            Campaign.State campaign,
            @Nullable String reason,
            @Nullable String expected) {
        var change = new Change(
                account,
                role,
                new Noted(1, AGENT, said(before), RECORDED),
                said(after),
                new Attempts.Since(calledAgain, inHand),
                campaign);

        Problem problem = change.problem(reason, RECORDED.plus(Duration.ofMinutes(later)));

        assertThat(problem == null ? null : problem.code()).isEqualTo(expected);
    }
}
