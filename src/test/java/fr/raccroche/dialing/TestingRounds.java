package fr.raccroche.dialing;

import static fr.raccroche.Blocking.answer;
import static fr.raccroche.TestingFloor.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduler;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** What the dialer does every few seconds, done now: whatever it would have changed has changed when this returns. */
@ApplicationScoped
public class TestingRounds {

    private final Dialer dialer;
    private final Sweeper sweeper;
    private final TwilioWatch watch;

    TestingRounds(Dialer dialer, Sweeper sweeper, TwilioWatch watch) {
        this.dialer = dialer;
        this.sweeper = sweeper;
        this.watch = watch;
    }

    /** A line that is over without a word stays unnoticed as long as a test wants it to. */
    void checkNoLines(@Observes StartupEvent started, Scheduler scheduler) {
        scheduler.pause(Sweeper.LINES);
        assertThat(scheduler.isPaused(Sweeper.LINES)).isTrue();
    }

    /** Until the application believes that Twilio works, whatever an earlier test did to it. */
    public void awaitTwilio() {
        await().atMost(PATIENCE).until(() -> watch.isUp());
    }

    /** Serves the agents who wait, twice: what the first look freed the second one sees. */
    public void look() {
        answer(dialer.look());
        answer(dialer.look());
    }

    /** Asks what became of calls, and ends those that are over, twice. */
    public void sweep() {
        answer(sweeper.sweep());
        answer(sweeper.sweep());
    }
}
