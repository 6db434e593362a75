package fr.raccroche.dialing;

import static fr.raccroche.Blocking.await;

import jakarta.enterprise.context.ApplicationScoped;

/** What the dialer does every few seconds, done now: whatever it would have changed has changed when this returns. */
@ApplicationScoped
public class TestingRounds {

    private final Dialer dialer;
    private final Sweeper sweeper;

    TestingRounds(Dialer dialer, Sweeper sweeper) {
        this.dialer = dialer;
        this.sweeper = sweeper;
    }

    /** Serves the agents who wait, twice: what the first look freed the second one sees. */
    public void look() {
        await(dialer.look());
        await(dialer.look());
    }

    /** Asks what became of calls, and ends those that are over, twice. */
    public void sweep() {
        await(sweeper.sweep());
        await(sweeper.sweep());
    }
}
