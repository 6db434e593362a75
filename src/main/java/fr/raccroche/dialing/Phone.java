package fr.raccroche.dialing;

import static fr.raccroche.platform.FrenchCalendar.PARIS;

import fr.raccroche.campaign.AttemptPlan.Past;
import fr.raccroche.youth.NumberOwner;
import fr.raccroche.youth.NumberPlace;
import fr.raccroche.youth.NumberState;
import fr.raccroche.youth.Telephone;
import fr.raccroche.youth.TelephoneState;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A number of a youth, as the dialer sees it.
 *
 * @param inUse whether another call to it is under way, a sibling's for example
 * @param allowed whether this installation calls numbers of its kind, see {@link Prefixes}
 * @param telephone how it stands for everybody who is listed under it, when this was read
 * @param otherRings when it lately rang for others who are listed under it
 */
public record Phone(
        long id,
        String e164,
        NumberOwner owner,
        boolean mobile,
        NumberState state,
        boolean inUse,
        boolean allowed,
        Telephone telephone,
        List<Instant> otherRings) {

    public Phone {
        otherRings = List.copyOf(otherRings);
    }

    /** The youth before others, a mobile before the landline of a whole family, what worked before what was never tried. */
    private static final Comparator<Phone> BEST_FIRST = Comparator.comparing(Phone::owner)
            .thenComparing(Phone::mobile, Comparator.reverseOrder())
            .thenComparing(phone -> phone.state() == NumberState.VALID, Comparator.reverseOrder());

    /** The time that is kept where the number is at home; null for Paris. */
    @Nullable
    ZoneId zone() {
        ZoneId zone = NumberPlace.zone(e164);
        return zone.equals(PARIS) ? null : zone;
    }

    /** The sooner it may be called the better; what somebody has to decide comes last. */
    private static final Comparator<Phone> FREE_FIRST =
            Comparator.comparing(phone -> phone.telephone().waitsForDecision() ? Instant.MAX : phone.freeFrom());

    private Instant freeFrom() {
        Instant until = telephone.until();
        return until == null ? Instant.MIN : until;
    }

    /** Whether a call to it makes sense: nobody said that it is somebody else's, and the network knows it. */
    public boolean isAlive() {
        return state.isUsable() && telephone.state() != TelephoneState.DEAD;
    }

    /** Whether it is no number of metropolitan France. */
    boolean isAbroad() {
        return !e164.startsWith("+33");
    }

    /** Whether a call to it makes sense and is allowed. */
    public boolean isUsable() {
        return isAlive() && allowed;
    }

    /**
     * The number to ring next; null when none is usable. Numbers take turns: the best one until it was tried
     * {@code tries} times without a person, then the next, and round again. A person on the line starts the count anew. One
     * that rests has its turn when all do.
     *
     * @param past the attempts so far, oldest first
     */
    public static @Nullable Phone toCall(List<Phone> phones, List<Past> past, int tries) {
        return phones.stream()
                .filter(Phone::isUsable)
                .sorted(BEST_FIRST)
                .min(FREE_FIRST.thenComparingInt(phone -> phone.silentTries(past) / tries))
                .orElse(null);
    }

    /** Tries on this number since a person last spoke there. */
    private int silentTries(List<Past> past) {
        int silent = 0;
        for (Past attempt : past) {
            if (attempt.phoneId() == id) {
                silent = attempt.result().isSilent() ? silent + 1 : 0;
            }
        }
        return silent;
    }
}
