package fr.raccroche.handoff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.raccroche.directory.StructureKind;
import fr.raccroche.handoff.Handoff.EventKind;
import fr.raccroche.handoff.Handoff.Result;
import fr.raccroche.handoff.Handoff.State;
import fr.raccroche.platform.Problem;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class HandoffTest {

    private static final Instant NOW = Instant.parse("2026-11-20T09:00:00Z");
    private static final Handoff TO_CALL = new Handoff(1, StructureKind.CIO, 7L, State.TO_CALL, null, null, null, 3);

    @Test
    void aTryWithoutAnswerLeavesTheHandoffWaiting() {
        var step = TO_CALL.report(false, null, NOW);

        assertThat(step.kind()).isEqualTo(EventKind.TRIED);
        assertThat(step.after()).isEqualTo(TO_CALL);
    }

    @Test
    void theFirstContactStaysTheFirst() {
        var contacted = TO_CALL.report(true, null, NOW).after();
        var again = contacted.report(true, null, NOW.plusSeconds(60)).after();

        assertThat(again.state()).isEqualTo(State.CONTACTED);
        assertThat(again.firstContactAt()).isEqualTo(NOW);
    }

    @ParameterizedTest
    @CsvSource({
        "true, APPOINTMENT", "true, DECLINED", "true, ALREADY_SUPPORTED", "true, OTHER",
        "false, UNREACHABLE", "false, WRONG_NUMBER", "false, ALREADY_SUPPORTED", "false, IN_SOLUTION",
        "false, REDIRECTED"
    })
    void aResultCloses(boolean reached, Result result) {
        var closed = TO_CALL.report(reached, result, NOW).after();

        assertThat(closed.state()).isEqualTo(State.CLOSED);
        assertThat(closed.closedAt()).isEqualTo(NOW);
        assertThat(closed.firstContactAt() != null).isEqualTo(reached);
    }

    @ParameterizedTest
    @CsvSource({"false, APPOINTMENT", "false, DECLINED", "true, UNREACHABLE", "true, WRONG_NUMBER"})
    void aResultThatContradictsTheContactIsRefused(boolean reached, Result result) {
        assertThatThrownBy(() -> TO_CALL.report(reached, result, NOW)).isInstanceOf(Problem.class);
    }

    @Test
    void whoWasReachedOnceMayDeclineOrVanishLater() {
        var contacted = TO_CALL.report(true, null, NOW).after();

        assertThat(contacted.report(false, Result.DECLINED, NOW).after().result())
                .isEqualTo(Result.DECLINED);
        assertThat(contacted.report(false, Result.UNREACHABLE, NOW).after().result())
                .isEqualTo(Result.UNREACHABLE);
    }

    @ParameterizedTest
    @EnumSource(Result.class)
    void whatIsClosedStaysClosed(Result result) {
        var closed = TO_CALL.report(false, Result.OTHER, NOW).after();

        assertThatThrownBy(() -> closed.report(true, result, NOW)).hasMessageContaining("déjà terminé");
    }

    /** By the structure for some days, by a supervisor at any time; where it was, by the same clock. */
    @ParameterizedTest
    @CsvSource({"false, 0, true", "false, 7, true", "false, 8, false", "true, 8, true", "true, 400, true"})
    void whatWasClosedByMistakeIsOpenedAgain(boolean supervisor, int days, boolean allowed) {
        var closed = TO_CALL.report(true, Result.DECLINED, NOW).after();
        Instant later = NOW.plus(Duration.ofDays(days));

        assertThat(closed.isReopenable(supervisor, later)).isEqualTo(allowed);
        if (allowed) {
            assertThat(closed.reopened(supervisor, later))
                    .returns(State.CONTACTED, Handoff::state)
                    .returns(null, Handoff::result)
                    .returns(null, Handoff::closedAt)
                    .returns(NOW, Handoff::firstContactAt);
        } else {
            assertThatThrownBy(() -> closed.reopened(supervisor, later)).hasMessageContaining("superviseur");
        }
    }

    @Test
    void whatIsOpenIsNotOpenedAgain() {
        assertThatThrownBy(() -> TO_CALL.reopened(true, NOW)).hasMessageContaining("déjà ouvert");
    }

    @Test
    void whoLookedAtAnOlderVersionIsToldSo() {
        assertThat(TO_CALL.unchangedSince(3)).isEqualTo(TO_CALL);
        assertThatThrownBy(() -> TO_CALL.unchangedSince(2)).hasMessageContaining("Une autre personne");
    }
}
