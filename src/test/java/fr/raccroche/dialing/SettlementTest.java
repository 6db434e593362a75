package fr.raccroche.dialing;

import static fr.raccroche.dialing.TestingFacts.MOBILE;
import static fr.raccroche.dialing.TestingFacts.NOW;
import static fr.raccroche.dialing.TestingFacts.callable;
import static fr.raccroche.dialing.TestingFacts.in;
import static fr.raccroche.dialing.TestingFacts.paris;
import static fr.raccroche.dialing.TestingFacts.past;
import static org.assertj.core.api.Assertions.assertThat;

import fr.raccroche.campaign.AttemptPlan.Next;
import fr.raccroche.campaign.AttemptResult;
import fr.raccroche.campaign.Campaign;
import fr.raccroche.queue.YouthState;
import fr.raccroche.youth.NumberState;
import java.time.Duration;
import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettlementTest {

    private static TestingFacts tried(AttemptResult result) {
        return result.counts() ? callable().past(past("2026-11-24T10:00", result, MOBILE)) : callable();
    }

    private static NextPlace place(TestingFacts facts, AttemptResult result, @Nullable Instant callbackAt) {
        return Settlement.place(facts.facts(), result, callbackAt, NOW, () -> plan(facts.facts()));
    }

    /** The plan that knows no chances and leaves nothing to chance. */
    private static Next plan(CallingRules.Facts facts) {
        var plan = facts.campaign().plan();
        return plan.next(facts.history(), NOW, Duration.ZERO, part -> 0, () -> 100L << 32);
    }

    @ParameterizedTest
    @CsvSource({
        "IN_SOLUTION, IN_SOLUTION",
        "REFERRAL, REFERRED",
        "NO_REFERRAL, NO_REFERRAL",
        "REFUSED, REFUSED",
        "OBJECTED, OBJECTED",
        "UNDER_16, UNDER_16"
    })
    void anAnswerThatSettlesEndsTheCampaignForTheYouth(AttemptResult result, YouthState state) {
        assertThat(place(tried(result), result, null)).isEqualTo(new NextPlace(state, null));
    }

    @ParameterizedTest
    @CsvSource({
        "NO_ANSWER, 2026-11-26T14:00",
        "VOICEMAIL, 2026-11-26T14:00",
        "ABANDONED, 2026-11-24T10:15",
        "LOST, 2026-11-26T14:00",
        "INTERRUPTED, 2026-11-25T14:00",
        "THIRD_PARTY, 2026-11-26T14:00",
        "BUSY, 2026-11-24T10:30",
        "TECHNICAL, 2026-11-24T10:15",
        "PASSED, 2026-11-24T10:30",
        "NOT_PLACED, 2026-11-24T10:01"
    })
    void whateverElseHappensTheYouthIsCalledAgain(AttemptResult result, String again) {
        assertThat(place(tried(result), result, null)).isEqualTo(new NextPlace(YouthState.TO_CALL, paris(again)));
    }

    @Test
    void aCallbackIsAtTheTimeAskedFor() {
        Instant asked = paris("2026-11-26T18:30");

        assertThat(place(tried(AttemptResult.CALLBACK), AttemptResult.CALLBACK, asked))
                .isEqualTo(new NextPlace(YouthState.CALLBACK, asked));
    }

    @Test
    void aCallbackDoesNotAddAnAttempt() {
        assertThat(place(tried(AttemptResult.CALLBACK).atMost(1), AttemptResult.CALLBACK, paris("2026-11-26T18:30")))
                .isEqualTo(new NextPlace(YouthState.UNREACHABLE, null));
    }

    @Test
    void whenAllAttemptsAreUsedTheYouthIsUnreachable() {
        assertThat(place(tried(AttemptResult.NO_ANSWER).atMost(1), AttemptResult.NO_ANSWER, null))
                .isEqualTo(new NextPlace(YouthState.UNREACHABLE, null));
    }

    @Test
    void whenTheCampaignClosedTheYouthIsUnreachable() {
        assertThat(place(tried(AttemptResult.NO_ANSWER).state(Campaign.State.CLOSED), AttemptResult.NO_ANSWER, null))
                .isEqualTo(new NextPlace(YouthState.UNREACHABLE, null));
    }

    @Test
    void aPromiseMadeWhenTheCampaignIsOverIsAPromise() {
        var over = tried(AttemptResult.CALLBACK).state(Campaign.State.CLOSED);

        assertThat(place(over, AttemptResult.CALLBACK, paris("2026-11-26T18:30")))
                .isEqualTo(new NextPlace(YouthState.PROMISED, null));
        assertThat(place(
                        tried(AttemptResult.NO_ANSWER).callbackAsked().state(Campaign.State.CLOSED),
                        AttemptResult.NO_ANSWER,
                        null))
                .isEqualTo(new NextPlace(YouthState.PROMISED, null));
    }

    /** A number that Twilio refuses, and no other: 15 min, 30 min, 1 h … a day at most. */
    @ParameterizedTest
    @CsvSource({"1, 15", "2, 30", "3, 60", "5, 240", "8, 1440", "1000000, 1440"})
    void aNumberThatIsRefusedAgainIsAskedForLessAndLessOften(long failures, int minutes) {
        assertThat(Settlement.gap(Duration.ofMinutes(15), failures)).isEqualTo(Duration.ofMinutes(minutes));
    }

    @Test
    void theOnlyNumberWasWrong() {
        assertThat(place(
                        tried(AttemptResult.WRONG_NUMBER).phones(in(MOBILE, NumberState.WRONG)),
                        AttemptResult.WRONG_NUMBER,
                        null))
                .isEqualTo(new NextPlace(YouthState.WRONG_NUMBER, null));
    }

    @Test
    void whoLeftTheListDuringTheCallComesBackToNoQueue() {
        assertThat(place(tried(AttemptResult.NO_ANSWER).withdrawn(), AttemptResult.NO_ANSWER, null))
                .isEqualTo(new NextPlace(YouthState.WITHDRAWN, null));
        assertThat(place(tried(AttemptResult.REFERRAL).withdrawn(), AttemptResult.REFERRAL, null))
                .as("what was agreed stands")
                .isEqualTo(new NextPlace(YouthState.REFERRED, null));
    }

    @Property
    void anObjectionIsStrongerThanAnyResult(@ForAll AttemptResult result) {
        assertThat(place(tried(result).objected(), result, NOW)).isEqualTo(new NextPlace(YouthState.OBJECTED, null));
    }

    @Property
    void aPlaceInTheQueueHasATimeAndAFinalStateHasNone(
            @ForAll AttemptResult result, @ForAll Campaign.State state, @ForAll boolean last) {
        NextPlace place =
                place((last ? tried(result).atMost(1) : tried(result)).state(state), result, paris("2026-11-26T18:30"));

        assertThat(place.state()).isNotEqualTo(YouthState.IN_CALL);
        assertThat(place.next() == null).isEqualTo(place.state().isFinal());
    }

    @ParameterizedTest
    @CsvSource({"ABANDONED, false, 9", "ABANDONED, true, 11", "BUSY, false, 3", "NO_ANSWER, false, 3"})
    void whoAnsweredAndFoundNobodyIsCalledBeforeAllButThoseWhoAsked(AttemptResult last, boolean asked, int priority) {
        assertThat(Settlement.priority(tried(last).facts(), asked, NOW)).isEqualTo(priority);
    }

    @ParameterizedTest
    @CsvSource({
        "404, true",
        "410, true",
        "604, true",
        "21211, true",
        "13224, true",
        "486, false",
        "503, false",
        ", false"
    })
    void someCodesSayThatANumberDoesNotExist(@Nullable Integer code, boolean dead) {
        assertThat(Settlement.isDead(code)).isEqualTo(dead);
    }
}
