package fr.raccroche;

import io.smallrye.mutiny.Uni;
import java.time.Duration;

/** Lets a test, which has a thread of its own, wait for an answer. */
public final class Blocking {

    private Blocking() {}

    /** What the work answers, within half a minute. */
    public static <T> T answer(Uni<T> uni) {
        return uni.await().atMost(Duration.ofSeconds(30));
    }
}
