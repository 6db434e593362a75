package fr.raccroche.queue;

import static org.assertj.core.api.Assertions.assertThat;

import fr.raccroche.queue.Remains.Numbers;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which end of a campaign is whose, for everything that can be known. */
class RemainsTest {

    @Test
    void everybodyHasOneEndAndWhoNeedsSomebodyIsOnOneList() {
        assertThat(Remains.all()).hasSize(1920).allSatisfy(RemainsTest::hasOneEnd);
    }

    private static void hasOneEnd(Remains remains) {
        YouthState end = remains.end();

        assertThat(end.isFinal()).isTrue();
        assertThat(Arrays.stream(EndList.values()).filter(list -> list.states().contains(end)))
                .hasSize(end.list() == null ? 0 : 1);
        assertThat(end.list() == null)
                .as("only who wants nothing, or has somebody, is on no list")
                .isEqualTo(remains.objected() || remains.followed());
    }

    /** Name and address go to people whom the youth never agreed to: only if nobody was reached and no word was given. */
    @Test
    void onlyWhomNothingReachedIsPassedOn() {
        assertThat(Remains.all()).allSatisfy(RemainsTest::isPassedOnForGoodReason);
    }

    private static void isPassedOnForGoodReason(Remains remains) {
        EndList list = remains.end().list();

        if (list != null && list.goesToStructures()) {
            assertThat(remains.promised() || remains.interrupted() || remains.reached())
                    .isFalse();
            assertThat(remains.objected() || remains.followed() || remains.under16())
                    .isFalse();
            assertThat(remains.tried()
                            || remains.numbers() == Numbers.NONE
                            || remains.state() == YouthState.UNREACHABLE
                            || remains.state() == YouthState.WRONG_NUMBER)
                    .isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "TO_CALL, false, false, false, false, CALLABLE, NEVER_CALLED",
        "TO_CALL, false, false, false, false, FOREIGN, FOREIGN_NUMBER",
        "TO_CALL, false, false, false, false, NONE, WRONG_NUMBER",
        "TO_CALL, false, false, false, true, CALLABLE, UNREACHABLE",
        "TO_CALL, false, true, false, true, CALLABLE, INTERRUPTED",
        "TO_CALL, false, false, true, true, CALLABLE, REACHED",
        "CALLBACK, true, true, true, true, CALLABLE, PROMISED",
        "CALLBACK, true, false, false, false, CALLABLE, PROMISED",
        "UNREACHABLE, false, false, true, true, CALLABLE, REACHED",
        "UNREACHABLE, false, false, false, true, CALLABLE, UNREACHABLE",
        "WRONG_NUMBER, false, false, true, true, NONE, REACHED",
        "WRONG_NUMBER, false, false, false, false, NONE, WRONG_NUMBER"
    })
    void whatWasPromisedComesBeforeWhatWasReachedBeforeWhatWasTried(
            YouthState state,
            boolean promised,
            boolean interrupted,
            boolean reached,
            boolean tried,
            Numbers numbers,
            YouthState end) {
        assertThat(new Remains(state, false, false, false, promised, interrupted, reached, tried, numbers).end())
                .isEqualTo(end);
    }

    @Test
    void everyListHasStatesAndNoStateTwoLists() {
        assertThat(Arrays.stream(EndList.values()).flatMap(list -> list.states().stream()))
                .doesNotHaveDuplicates()
                .allMatch(YouthState::isFinal);
        assertThat(EndList.values()).allMatch(list -> !list.states().isEmpty());
    }
}
