package fr.raccroche.simulator;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One instruction of a TwiML document. */
sealed interface Verb {

    /** Something said or played to whoever is on the line; {@code length} is how long that takes. */
    sealed interface Prompt extends Verb {
        Duration length();
    }

    record Say(String text) implements Prompt {

        private static final int LETTERS_PER_SECOND = 14;

        @Override
        public Duration length() {
            return Duration.ofSeconds(1 + text.length() / LETTERS_PER_SECOND);
        }
    }

    /** A recording; this network takes every one to last five seconds. */
    record Play(String url, int times) implements Prompt {

        @Override
        public Duration length() {
            return Duration.ofSeconds(5).multipliedBy(times);
        }
    }

    record Pause(Duration length) implements Prompt {}

    record Hangup() implements Verb {}

    record Reject(boolean busy) implements Verb {}

    record Redirect(String url) implements Verb {}

    /**
     * Asks for keys, which go to {@code action}; without any, the next verb follows unless {@code askedAnyway}.
     *
     * @param digits how many keys end it
     * @param timeout silence after the prompts, or after a key, that ends it
     */
    record Gather(List<Prompt> prompts, int digits, Duration timeout, String action, boolean askedAnyway)
            implements Verb {}

    /** Records what the person says; the recording's address goes to {@code action}. */
    record VoiceMessage(
            Duration longest, String action, @Nullable String statusCallback) implements Verb {}

    /**
     * {@code <Dial><Conference>}: into the room, and on to the next verb, or to {@code action}, after leaving it.
     *
     * @param timeLimit how long the call stays in the room at most
     */
    record DialConference(
            String room,
            boolean startsOnEnter,
            boolean endsOnExit,
            boolean muted,
            @Nullable String statusCallback,
            Set<String> events,
            @Nullable String action,
            Duration timeLimit)
            implements Verb {}

    /**
     * {@code <Dial>} with one number or one client: rings them and connects both; after that on to the next verb, or to
     * {@code action}.
     *
     * @param client whether {@code to} is the identity of a softphone instead of a number
     * @param callerId number shown; null shows the caller's own
     * @param answerOnBridge whether the caller hears ringing, and counts as not answered, until the other answers
     */
    record DialParty(
            boolean client,
            String to,
            @Nullable String callerId,
            Duration timeout,
            Duration timeLimit,
            boolean answerOnBridge,
            @Nullable String statusCallback,
            Set<String> events,
            @Nullable String action)
            implements Verb {}
}
