package fr.raccroche.dialing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A mark saves work and never hides a youth for longer than it is believed. */
class LowWaterTest {

    private static final Instant TEN = Instant.parse("2026-11-24T09:00:00Z");

    private long campaign = 7;
    private long nanos = 1_000_000_000_000L;
    private final LowWater marks = new LowWater(() -> nanos);

    private static QueuePlace place(int priority, int minute, long youth) {
        return new QueuePlace(priority, TEN.plus(Duration.ofMinutes(minute)), youth);
    }

    private void pass(Duration time) {
        nanos += time.toNanos();
    }

    private void read(QueuePlace... lanes) {
        marks.reading(campaign).found(List.of(lanes));
    }

    @Test
    void nothingIsKnownBeforeTheFirstReading() {
        assertThat(marks.lanes(campaign)).isNull();
    }

    @Test
    void aReadingHoldsForItsCampaign() {
        read(place(10, 0, 4), place(0, 0, 1));

        assertThat(marks.lanes(campaign)).containsExactly(place(10, 0, 4), place(0, 0, 1));
        assertThat(marks.lanes(campaign + 1)).isNull();
    }

    @Test
    void whoIsTakenRaisesTheMarkOfTheirPriorityOnly() {
        read(place(10, 0, 4), place(0, 0, 1));

        marks.raise(campaign, place(0, 0, 3));
        marks.raise(campaign, place(0, 0, 2));

        assertThat(marks.lanes(campaign)).containsExactly(place(10, 0, 4), place(0, 0, 3));
    }

    @Test
    void whoIsPutBackBeforeTheMarkLowersIt() {
        read(place(0, 30, 5));

        marks.lower(campaign, place(0, 30, 4));
        marks.lower(campaign, place(0, 40, 1));
        marks.lower(campaign, place(10, 50, 9));

        assertThat(marks.lanes(campaign)).containsExactly(place(10, 50, 9), place(0, 30, 4));
    }

    @Test
    void onlyOneCallerGoesToReadAgainWhileTheOthersGoOn() {
        read(place(0, 0, 1));

        pass(LowWater.FRESH.plusMillis(1));

        assertThat(marks.lanes(campaign)).isNull();
        assertThat(marks.lanes(campaign)).containsExactly(place(0, 0, 1));
    }

    @Test
    void nobodyBelievesAMarkThatWasNotReadAgain() {
        read(place(0, 0, 1));

        pass(LowWater.FRESH.multipliedBy(2).plusMillis(1));

        assertThat(marks.lanes(campaign)).isNull();
        assertThat(marks.lanes(campaign)).isNull();
    }

    @Test
    void aReadingThatTakesLongIsBelievedLongerButNotForEver() {
        var slow = marks.reading(campaign);
        pass(Duration.ofMillis(500));
        slow.found(List.of(place(0, 0, 1)));
        pass(Duration.ofSeconds(9));
        assertThat(marks.lanes(campaign)).isNotNull();

        var stuck = marks.reading(campaign);
        pass(Duration.ofMinutes(1));
        stuck.found(List.of(place(0, 0, 1)));
        pass(LowWater.LONGEST);
        assertThat(marks.lanes(campaign)).isNull();
    }

    /** What happens to a queue of which this node sees only its own part. */
    sealed interface Step {

        /** Somebody waits from now on, and this node knows or does not. */
        record Put(QueuePlace place, boolean here) implements Step {}

        record Pass(Duration time) implements Step {}

        record Claim() implements Step {}
    }

    @Provide
    Arbitrary<List<Step>> days() {
        Arbitrary<QueuePlace> places = Combinators.combine(
                        Arbitraries.of(0, 0, 0, 5, 10),
                        Arbitraries.integers().between(0, 60),
                        Arbitraries.longs().between(1, 99))
                .as(LowWaterTest::place);
        Arbitrary<Step> puts =
                Combinators.combine(places, Arbitraries.of(true, false)).as((place, here) -> new Step.Put(place, here));
        Arbitrary<Step> passes =
                Arbitraries.integers().between(1, 900).map(millis -> new Step.Pass(Duration.ofMillis(millis)));
        Arbitrary<Step> claims = Arbitraries.just(new Step.Claim());
        return Arbitraries.oneOf(List.of(puts, passes, claims, claims)).list().ofMaxSize(80);
    }

    @Property(tries = 2000)
    void aClaimFindsWhomeverThisNodeKnowsOfAndTheOthersWhenTheMarkHasAged(@ForAll("days") List<Step> day) {
        var waiting = new TreeSet<QueuePlace>();
        var unknown = new ArrayList<Long>();
        campaign++;
        for (Step step : day) {
            switch (step) {
                case Step.Put put -> {
                    waiting.add(put.place());
                    if (put.here()) {
                        marks.lower(campaign, put.place());
                    } else {
                        unknown.add(nanos);
                    }
                }
                case Step.Pass pass -> pass(pass.time());
                case Step.Claim claim -> {
                    long trusted = nanos - LowWater.FRESH.multipliedBy(2).toNanos();
                    unknown.removeIf(put -> put < trusted);
                    QueuePlace found = claim(waiting);
                    if (unknown.isEmpty()) {
                        assertThat(found).isEqualTo(waiting.isEmpty() ? null : waiting.first());
                    }
                    if (found != null) {
                        waiting.remove(found);
                        marks.raise(campaign, found);
                    }
                }
            }
        }
    }

    /** The database's part: the first youths of each priority, and the first at or after the mark of each lane. */
    private @Nullable QueuePlace claim(NavigableSet<QueuePlace> waiting) {
        List<QueuePlace> lanes = marks.lanes(campaign);
        if (lanes == null) {
            lanes = waiting.stream()
                    .filter(place -> waiting.stream()
                            .noneMatch(other -> other.priority() == place.priority() && other.compareTo(place) < 0))
                    .toList();
            marks.reading(campaign).found(lanes);
        }
        for (QueuePlace lane : lanes) {
            for (QueuePlace place : waiting.tailSet(lane)) {
                if (place.priority() == lane.priority()) {
                    return place;
                }
            }
        }
        return null;
    }
}
