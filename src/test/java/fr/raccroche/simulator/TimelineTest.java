package fr.raccroche.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TimelineTest {

    private static final Instant START = Instant.parse("2026-11-24T10:00:00Z");

    private final TestingClock clock = new TestingClock(START);
    private final Timeline timeline = new Timeline(clock);
    private final List<String> happened = new ArrayList<>();

    @AfterEach
    void close() {
        timeline.close();
    }

    @Test
    void eachThingHappensAtItsOwnInstantHoweverFarTheClockJumps() {
        timeline.after(Duration.ofSeconds(30), () -> note("late"));
        timeline.after(Duration.ofSeconds(10), () -> {
            note("early");
            timeline.after(Duration.ofSeconds(5), () -> note("between"));
        });
        clock.advance(Duration.ofHours(20));
        assertThat(timeline.now()).isEqualTo(START.plus(Duration.ofHours(20)));
        assertThat(happened).containsExactly("early 10", "between 15", "late 30");
    }

    @Test
    void thingsOfOneInstantHappenInTheOrderTheyWerePlanned() {
        timeline.after(Duration.ofSeconds(1), () -> note("first"));
        timeline.after(Duration.ofSeconds(1), () -> note("second"));
        clock.advance(Duration.ofSeconds(1));
        assertThat(timeline.next()).isEmpty();
        assertThat(happened).containsExactly("first 1", "second 1");
    }

    @Test
    void whatIsCancelledNeverHappensAndIsNotNext() {
        timeline.after(Duration.ofSeconds(1), () -> note("never")).cancel();
        assertThat(timeline.next()).isEmpty();
        timeline.after(Duration.ofSeconds(2), () -> note("kept"));
        assertThat(timeline.next()).hasValue(START.plusSeconds(2));
        clock.advance(Duration.ofSeconds(3));
        timeline.run(() -> note("now"));
        assertThat(happened).containsExactly("kept 2", "now 3");
    }

    @Test
    void oneFailureDoesNotStopTheOthers() {
        timeline.after(Duration.ofSeconds(1), () -> {
            throw new IllegalStateException("on purpose");
        });
        timeline.after(Duration.ofSeconds(2), () -> note("after"));
        clock.advance(Duration.ofSeconds(3));
        assertThat(timeline.next()).isEmpty();
        assertThat(happened).containsExactly("after 2");
    }

    private void note(String what) {
        happened.add(what + " " + Duration.between(START, timeline.now()).toSeconds());
    }
}
