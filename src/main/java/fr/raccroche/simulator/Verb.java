package fr.raccroche.simulator;

import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One instruction of a TwiML document, as far as the product uses the language. */
sealed interface Verb {

    record Say(String text) implements Verb {}

    record Pause(Duration length) implements Verb {}

    record Hangup() implements Verb {}

    record Reject(boolean busy) implements Verb {}

    record Redirect(String url) implements Verb {}

    /** {@code <Dial><Conference>}: into the room, and on to the next verb, or to {@code action}, after leaving it. */
    record DialConference(
            String room,
            boolean startsOnEnter,
            boolean endsOnExit,
            @Nullable String statusCallback,
            Set<String> events,
            @Nullable String action)
            implements Verb {}
}
