package fr.raccroche.dialing;

import static fr.raccroche.dialing.TestingFacts.MOBILE;
import static fr.raccroche.dialing.TestingFacts.MOTHER;
import static fr.raccroche.dialing.TestingFacts.in;
import static fr.raccroche.dialing.TestingFacts.paris;
import static fr.raccroche.dialing.TestingFacts.past;
import static fr.raccroche.platform.FrenchCalendar.PARIS;
import static org.assertj.core.api.Assertions.assertThat;

import fr.raccroche.campaign.CallingHours;
import fr.raccroche.campaign.CallingHours.DayPart;
import fr.raccroche.dialing.AttemptPlan.Next;
import fr.raccroche.dialing.AttemptPlan.Past;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AttemptPlanTest {

    private static final List<Phone> BOTH = List.of(MOBILE, MOTHER);

    private static Next next(List<Past> past, Instant now) {
        return AttemptPlan.next(CallingHours.DEFAULT, 10, BOTH, past, now);
    }

    @Test
    void theFirstAttemptIsAtTheNextOpening() {
        assertThat(next(List.of(), paris("2026-11-24T08:00"))).isEqualTo(new Next.At(paris("2026-11-24T10:00")));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-24T11:00, 2026-11-25T14:00",
        "2026-11-24T15:00, 2026-11-25T17:00",
        "2026-11-24T18:00, 2026-11-25T10:00",
        "2026-11-27T11:00, 2026-11-30T14:00",
        "2026-12-24T15:00, 2026-12-28T17:00"
    })
    void afterSilenceComesTheNextPartOfTheNextOpenDay(String tried, String again) {
        assertThat(next(List.of(past(tried, AttemptResult.NO_ANSWER, MOBILE)), paris(tried)))
                .isEqualTo(new Next.At(paris(again)));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-24T11:00, 2026-11-24T11:30",
        "2026-11-24T12:45, 2026-11-24T14:00",
        "2026-11-24T19:45, 2026-11-25T10:00"
    })
    void aBusyLineIsTriedAgainSoonInsideTheHours(String tried, String again) {
        assertThat(next(List.of(past(tried, AttemptResult.BUSY, MOBILE)), paris(tried)))
                .isEqualTo(new Next.At(paris(again)));
    }

    @Test
    void whenAllAttemptsAreUsedNothingFollows() {
        var one = List.of(past("2026-11-24T11:00", AttemptResult.NO_ANSWER, MOBILE));

        assertThat(AttemptPlan.next(CallingHours.DEFAULT, 1, BOTH, one, paris("2026-11-24T11:00")))
                .isEqualTo(new Next.Exhausted());
    }

    @Test
    void withoutANumberThatWorksNothingFollows() {
        var phones = List.of(in(MOBILE, Phone.State.WRONG), in(MOTHER, Phone.State.NOT_IN_SERVICE));

        assertThat(AttemptPlan.next(CallingHours.DEFAULT, 10, phones, List.of(), paris("2026-11-24T11:00")))
                .isEqualTo(new Next.NoNumber());
        assertThat(AttemptPlan.number(phones, List.of())).isNull();
    }

    @Test
    void twoSilentTriesThenTheNextNumberThenBackAgain() {
        var past = new ArrayList<Past>();
        var called = new ArrayList<Long>();
        for (int i = 0; i < 6; i++) {
            Phone phone = Objects.requireNonNull(AttemptPlan.number(BOTH, past));
            called.add(phone.id());
            past.add(new Past(paris("2026-11-24T11:00").plus(Duration.ofDays(i)), AttemptResult.NO_ANSWER, phone.id()));
        }

        assertThat(called).containsExactly(1L, 1L, 2L, 2L, 1L, 1L);
    }

    @Test
    void anAnsweredNumberIsKept() {
        var past = List.of(
                past("2026-11-23T11:00", AttemptResult.NO_ANSWER, MOBILE),
                past("2026-11-24T14:00", AttemptResult.INTERRUPTED, MOBILE),
                past("2026-11-25T17:00", AttemptResult.NO_ANSWER, MOBILE));

        assertThat(AttemptPlan.number(BOTH, past)).isEqualTo(MOBILE);
    }

    @Test
    void afterANumberThatProvedWrongTheOneBehindItIsNext() {
        var phones = List.of(in(MOBILE, Phone.State.WRONG), MOTHER);
        var past = List.of(past("2026-11-24T11:00", AttemptResult.WRONG_NUMBER, MOBILE));

        assertThat(AttemptPlan.number(phones, past)).isEqualTo(MOTHER);
    }

    /** The whole life of a youth in a campaign, whatever happens on each call. */
    @Property
    void aWholeCampaignKeepsItsPromises(
            @ForAll("results") List<AttemptResult> results,
            @ForAll @IntRange(min = 1, max = 10) int max,
            @ForAll @IntRange(max = 100_000) int startMinute) {
        var past = new ArrayList<Past>();
        Instant now = paris("2026-11-02T00:00").plus(Duration.ofMinutes(startMinute));
        while (AttemptPlan.next(CallingHours.DEFAULT, max, BOTH, past, now) instanceof Next.At next) {
            assertThat(CallingHours.DEFAULT.isOpen(next.at(), Duration.ZERO)).isTrue();
            assertThat(next.at()).isAfterOrEqualTo(now);
            if (!past.isEmpty()) {
                assertFollows(past.getLast(), next.at());
            }
            Phone phone = Objects.requireNonNull(AttemptPlan.number(BOTH, past));
            past.add(new Past(next.at(), results.get(past.size()), phone.id()));
            now = next.at();
        }
        assertThat(past).hasSize(max);
    }

    private static void assertFollows(Past last, Instant next) {
        LocalDate before = last.at().atZone(PARIS).toLocalDate();
        LocalDate day = next.atZone(PARIS).toLocalDate();
        if (last.result() == AttemptResult.BUSY) {
            assertThat(next).isAfterOrEqualTo(last.at().plus(AttemptPlan.AFTER_BUSY));
        } else {
            assertThat(day).isAfter(before);
            assertThat(DayPart.of(next)).isEqualTo(DayPart.of(last.at()).next());
        }
    }

    @Provide
    Arbitrary<List<AttemptResult>> results() {
        return Arbitraries.of(AttemptResult.class)
                .filter(AttemptResult::counts)
                .list()
                .ofSize(10);
    }
}
