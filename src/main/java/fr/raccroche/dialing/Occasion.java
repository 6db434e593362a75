package fr.raccroche.dialing;

import fr.raccroche.campaign.AttemptPlan.Past;
import fr.raccroche.campaign.AttemptResult;
import fr.raccroche.campaign.TextKind;
import fr.raccroche.campaign.TextSetting;
import fr.raccroche.campaign.TextSettings;
import fr.raccroche.queue.YouthState;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What a text is written for. One text at most goes out for each.
 *
 * @param name tells it from every other occasion of this youth and campaign
 * @param dueAt when it should go out
 * @param about the first call that it announces, the call that it recalls, or the attempt that it follows
 */
record Occasion(TextKind kind, String name, Instant dueAt, Instant about) {

    private static final String AGAIN = " again";
    private static final String LATE = "LATE ";
    /** Who waits longer has given the call up. */
    private static final Duration STILL_LATE = Duration.ofHours(2);

    private static final Duration ANNOUNCED_LATE = Duration.ofHours(12);
    /** Over a weekend with a holiday, and not a week later. */
    private static final Duration STILL_FRESH = Duration.ofDays(4);

    /** What an attempt with this end gives occasion to, if the campaign writes then. */
    static Optional<Occasion> after(CallingRules.Facts facts, AttemptResult result, NextPlace place, Instant now) {
        TextSettings texts = facts.campaign().texts();
        if (result == AttemptResult.CALLBACK && place.state() == YouthState.CALLBACK && place.next() != null) {
            return reminder(texts, place.next(), now);
        }
        boolean over = place.next() == null && place.state() != YouthState.UNREACHABLE;
        if (!result.isSilent() || over) {
            return Optional.empty();
        }
        int n = facts.past().size();
        if (texts.isOn(TextKind.FALLBACK) && texts.fallbackAfter().contains(n) && nobodyReached(facts)) {
            return Optional.of(new Occasion(TextKind.FALLBACK, "FALLBACK " + n, now, now));
        }
        return texts.isOn(TextKind.VOICEMAIL) && result == AttemptResult.VOICEMAIL && place.next() != null
                ? Optional.of(new Occasion(TextKind.VOICEMAIL, "VOICEMAIL " + n, now, now))
                : Optional.empty();
    }

    /** The reminder of a call that the youth asked for; empty when it is too soon for one. */
    static Optional<Occasion> reminder(TextSettings texts, Instant callAt, Instant now) {
        Instant due = callAt.minus(texts.time(TextSetting.REMIND_BEFORE));
        return texts.isOn(TextKind.REMINDER) && due.isAfter(now)
                ? Optional.of(new Occasion(TextKind.REMINDER, "REMINDER " + callAt.getEpochSecond(), due, callAt))
                : Optional.empty();
    }

    /** The promised minute passed and every agent talks: the youth is told, once. */
    static Occasion late(Instant callAt, Instant now) {
        return new Occasion(TextKind.REMINDER, LATE + callAt.getEpochSecond(), now, callAt);
    }

    /** Whether it tells that a promised call is late. */
    boolean isLate() {
        return name.startsWith(LATE);
    }

    /** Whether every attempt so far ended without the youth or somebody near them on the line. */
    static boolean nobodyReached(CallingRules.Facts facts) {
        return facts.past().stream()
                .map(Past::result)
                .allMatch(result -> result.isSilent() || result == AttemptResult.WRONG_NUMBER);
    }

    /** The same once more, when the text surely did not arrive; empty when that was tried already. */
    Optional<Occasion> again(Instant at) {
        return name.endsWith(AGAIN) ? Optional.empty() : Optional.of(new Occasion(kind, name + AGAIN, at, about));
    }

    /** Whether it is the second try. */
    boolean isAgain() {
        return name.endsWith(AGAIN);
    }

    /** Both tries of an occasion have this in common. */
    static String root(String name) {
        return name.endsWith(AGAIN) ? name.substring(0, name.length() - AGAIN.length()) : name;
    }

    /** From when on it would come too late. */
    Instant expires() {
        return switch (kind) {
            case ANNOUNCEMENT -> about.plus(ANNOUNCED_LATE);
            case FALLBACK, VOICEMAIL -> about.plus(STILL_FRESH);
            case REMINDER -> isLate() ? about.plus(STILL_LATE) : about;
        };
    }
}
