package fr.raccroche.campaign;

import static fr.raccroche.platform.FrenchCalendar.PARIS;

import fr.raccroche.youth.PublicText;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;

/**
 * One campaign of calls over one list.
 *
 * @param startsOn first day on which it may ring, Europe/Paris
 * @param endsOn last day on which it may ring
 * @param plan when it calls, and how attempts at one youth are spread
 * @param callerNumber the number shown to the youth, E.164
 * @param smsSender number or name from which texts are sent
 * @param texts what is written to the youths
 * @param modes how a call is conducted
 */
public record Campaign(
        long id,
        String name,
        long listId,
        State state,
        Mode mode,
        LocalDate startsOn,
        LocalDate endsOn,
        AttemptPlan plan,
        String callerNumber,
        String smsSender,
        String script,
        TextSettings texts,
        ModeSettings modes) {

    /** R02: ten attempts; no setting goes beyond, and the database refuses an eleventh. */
    public static final int MOST_ATTEMPTS = 10;

    /** Calls are placed only while it runs; a closed campaign stays closed. */
    public enum State {
        DRAFT,
        RUNNING,
        PAUSED,
        CLOSED;

        /** Whether a supervisor may move from here to {@code next}. */
        public boolean allows(State next) {
            return switch (this) {
                case DRAFT -> next == RUNNING || next == CLOSED;
                case RUNNING -> next == PAUSED || next == CLOSED;
                case PAUSED -> next == RUNNING || next == CLOSED;
                case CLOSED -> false;
            };
        }
    }

    /** Who starts a call. */
    public enum Mode {
        /** The dialer, one for each ready agent. */
        PROGRESSIVE,
        /** The dialer, a few more than agents are ready; see {@link BurstBound}. */
        BURST,
        /** The agent, after reading the file. */
        PREVIEW
    }

    /** Whether more lines may ring than agents wait. */
    public boolean bursts() {
        return mode == Mode.BURST && modes.target() > 0;
    }

    /** The same campaign with another plan. */
    Campaign with(AttemptPlan other) {
        return new Campaign(
                id, name, listId, state, mode, startsOn, endsOn, other, callerNumber, smsSender, script, texts, modes);
    }

    /** The same campaign with another name, other days and hours, other questions. */
    Campaign with(String otherName, LocalDate begins, LocalDate ends, CallingHours otherHours, String otherScript) {
        return new Campaign(
                id,
                otherName,
                listId,
                state,
                mode,
                begins,
                ends,
                new AttemptPlan(otherHours, maxAttempts(), planSettings()),
                callerNumber,
                smsSender,
                otherScript,
                texts,
                modes);
    }

    /** The same campaign, conducted in another way. */
    Campaign with(Mode otherMode, ModeSettings otherModes) {
        return new Campaign(
                id,
                name,
                listId,
                state,
                otherMode,
                startsOn,
                endsOn,
                plan,
                callerNumber,
                smsSender,
                script,
                texts,
                otherModes);
    }

    /** When it calls. */
    public CallingHours hours() {
        return plan.hours();
    }

    /** Attempts that may count per youth, one to ten (R02, Actes des Assises: « jusqu'à dix fois »). */
    public int maxAttempts() {
        return plan.maxAttempts();
    }

    /** How attempts at one youth are spread. */
    public PlanSettings planSettings() {
        return plan.settings();
    }

    /** What is said on a voicemail. */
    public String voicemailText() {
        return speakable(modes.voicemail()) ? modes.voicemail() : ModeSettings.usualVoicemail(callerNumber);
    }

    /** What a youth hears with whom no agent can talk. */
    public String nobodyText() {
        return speakable(modes.nobody()) ? modes.nobody() : ModeSettings.usualNobody(callerNumber);
    }

    /** The last look before words of a supervisor are said: whatever let them in, some are never heard. */
    private static boolean speakable(String words) {
        return !words.isEmpty() && !new PublicText(words).tellsTheReason();
    }

    /** How whoever enters the queue at {@code now} begins. */
    Beginning beginning(Instant now) {
        return Beginning.of(startsOn, plan, texts, now);
    }

    /**
     * Whether the campaign's days and hours allow a call at {@code at}, whatever its state.
     *
     * @param margin how long they must go on doing so, see {@link CallingHours}
     */
    public boolean isOpenAt(Instant at, Duration margin) {
        return covers(at) && hours().isOpen(at, margin);
    }

    /** Whether {@code now} lies between the first and the last day. */
    public boolean covers(Instant now) {
        LocalDate today = now.atZone(PARIS).toLocalDate();
        return !today.isBefore(startsOn) && !today.isAfter(endsOn);
    }
}
