package fr.raccroche.dialing;

import static fr.raccroche.dialing.TestingFacts.MOBILE;
import static fr.raccroche.dialing.TestingFacts.NOW;
import static fr.raccroche.dialing.TestingFacts.callable;
import static fr.raccroche.dialing.TestingFacts.paris;
import static fr.raccroche.dialing.TestingFacts.past;
import static org.assertj.core.api.Assertions.assertThat;

import fr.raccroche.campaign.AttemptPlan.Past;
import fr.raccroche.campaign.AttemptResult;
import fr.raccroche.campaign.TextKind;
import fr.raccroche.campaign.TextSettings;
import fr.raccroche.queue.YouthState;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OccasionTest {

    private static final NextPlace AGAIN = new NextPlace(YouthState.TO_CALL, paris("2026-11-26T14:00"));
    private static final NextPlace UNREACHABLE = new NextPlace(YouthState.UNREACHABLE, null);

    private static Past[] tries(int count, AttemptResult result) {
        return IntStream.range(0, count)
                .mapToObj(i -> past("2026-11-%02dT10:00".formatted(10 + i), result, MOBILE))
                .toArray(Past[]::new);
    }

    private static @Nullable String after(TestingFacts youth, AttemptResult result, NextPlace place) {
        return Occasion.after(youth.texts(TextRulesTest.ALL).facts(), result, place, NOW)
                .map(Occasion::name)
                .orElse(null);
    }

    @ParameterizedTest
    @CsvSource({
        "1, NO_ANSWER, ",
        "2, NO_ANSWER, ",
        "3, NO_ANSWER, FALLBACK 3",
        "3, BUSY, FALLBACK 3",
        "4, NO_ANSWER, ",
        "6, LOST, FALLBACK 6",
        "9, NO_ANSWER, ",
        "1, VOICEMAIL, VOICEMAIL 1",
        "2, VOICEMAIL, VOICEMAIL 2",
        "3, VOICEMAIL, FALLBACK 3",
        "3, THIRD_PARTY, ",
        "3, WRONG_NUMBER, ",
        "3, INTERRUPTED, "
    })
    void afterSoManyAttemptsAText(int n, AttemptResult result, @Nullable String occasion) {
        assertThat(after(callable().past(tries(n, result)), result, AGAIN)).isEqualTo(occasion);
    }

    @Test
    void theLastOneMaySayThatNobodyWasReached() {
        var youth = callable().past(tries(10, AttemptResult.NO_ANSWER));

        assertThat(after(youth, AttemptResult.NO_ANSWER, UNREACHABLE)).isEqualTo("FALLBACK 10");
        assertThat(after(callable().past(tries(2, AttemptResult.VOICEMAIL)), AttemptResult.VOICEMAIL, UNREACHABLE))
                .isNull();
        assertThat(after(youth, AttemptResult.NO_ANSWER, new NextPlace(YouthState.OBJECTED, null)))
                .isNull();
        assertThat(after(youth, AttemptResult.NO_ANSWER, new NextPlace(YouthState.WRONG_NUMBER, null)))
                .isNull();
    }

    @Test
    void whoWasSpokenToGetsNoFallbackAndAWrongNumberIsNobody() {
        Past[] three = tries(3, AttemptResult.NO_ANSWER);
        three[1] = past("2026-11-11T10:00", AttemptResult.INTERRUPTED, MOBILE);
        assertThat(after(callable().past(three), AttemptResult.NO_ANSWER, AGAIN))
                .isNull();
        three[1] = past("2026-11-11T10:00", AttemptResult.WRONG_NUMBER, MOBILE);
        assertThat(after(callable().past(three), AttemptResult.NO_ANSWER, AGAIN))
                .isEqualTo("FALLBACK 3");
    }

    @Test
    void aCallThatWasAskedForIsRecalledUnlessItIsSoon() {
        Instant asked = paris("2026-11-26T18:30");
        var place = new NextPlace(YouthState.CALLBACK, asked);
        var facts = callable()
                .texts(TextRulesTest.ALL)
                .past(tries(1, AttemptResult.CALLBACK))
                .facts();

        Optional<Occasion> reminder = Occasion.after(facts, AttemptResult.CALLBACK, place, NOW);
        assertThat(reminder)
                .hasValue(new Occasion(
                        TextKind.REMINDER, "REMINDER " + asked.getEpochSecond(), paris("2026-11-26T16:30"), asked));
        assertThat(Occasion.reminder(facts.campaign().texts(), paris("2026-11-24T12:00"), NOW))
                .isEmpty();
    }

    @Test
    void aCampaignThatDoesNotWriteMakesNoOccasion() {
        var silent = TextSettings.fallback("Bonjour");
        var voicemail = callable().texts(silent).past(tries(1, AttemptResult.VOICEMAIL));

        assertThat(Occasion.after(voicemail.facts(), AttemptResult.VOICEMAIL, AGAIN, NOW))
                .isEmpty();
        assertThat(Occasion.reminder(silent, paris("2026-11-26T18:30"), NOW)).isEmpty();
    }

    @Test
    void anOccasionIsTriedOnceMoreAtMost() {
        var occasion = new Occasion(TextKind.FALLBACK, "FALLBACK 3", NOW, NOW);
        Instant later = paris("2026-11-24T14:00");

        Occasion again = occasion.again(later).orElseThrow();

        assertThat(again.dueAt()).isEqualTo(later);
        assertThat(again.expires()).isEqualTo(occasion.expires());
        assertThat(Occasion.root(again.name())).isEqualTo(occasion.name());
        assertThat(again.again(later)).isEmpty();
    }
}
