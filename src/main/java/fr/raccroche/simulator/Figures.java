package fr.raccroche.simulator;

import fr.raccroche.simulator.people.LegalHours;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The figures of a run.
 *
 * @param ringsAfterNo rings that could only be for youths who had said no, whatever kind of no it was, in any campaign
 * @param ringsOfRestingNumbers rings of numbers on which somebody had said no, or which are somebody else's
 * @param callsBeforeNamedHour rings that could only be for youths who had named a later hour
 * @param textsAfterObjection texts to numbers all of whose owners had objected
 * @param ringsToStrangers rings of numbers no youth on the list owns
 * @param agreementsWithoutHandoff empty until the product's handoffs have been compared
 */
public record Figures(
        int callsRung,
        int maxRingsPerYouth,
        int ringsOutsideHours,
        int simultaneousRings,
        int ringsAfterObjection,
        int ringsAfterNo,
        int ringsOfRestingNumbers,
        int callsBeforeNamedHour,
        int textsAfterObjection,
        int ringsToStrangers,
        OptionalLong agreementsWithoutHandoff) {

    private static final LegalHours HOURS = new LegalHours();

    /**
     * Counts what happened.
     *
     * @param ringsByNumber how often each phone rang
     * @param objections when youths objected, by INE
     */
    static Figures of(
            Collection<Ring> rings,
            Map<String, Integer> ringsByNumber,
            List<SentText> texts,
            Map<String, Instant> objections,
            Noes noes,
            Households households,
            OptionalLong agreementsWithoutHandoff) {
        return new Figures(
                rings.size(),
                households.smallestMaximum(ringsByNumber),
                count(rings, ring -> !HOURS.allow(ring.start())),
                simultaneous(rings, households),
                count(rings, ring -> afterObjection(ring.number(), ring.start(), objections, households)),
                count(rings, noes::afterNo),
                count(rings, noes::resting),
                count(rings, noes::beforeNamedHour),
                count(texts, text -> afterObjection(text.number(), text.at(), objections, households)),
                count(rings, ring -> households.owners(ring.number()).isEmpty()),
                agreementsWithoutHandoff);
    }

    private static <T> int count(Collection<T> things, Predicate<T> condition) {
        return (int) things.stream().filter(condition).count();
    }

    /** Rings that began while another ring for the same phone, or the same person, was not over. */
    private static int simultaneous(Collection<Ring> rings, Households households) {
        var byTarget = new HashMap<String, List<Ring>>();
        rings.stream()
                .sorted(Comparator.comparing(Ring::start))
                .forEach(
                        ring -> byTarget.computeIfAbsent(households.soleTarget(ring.number()), key -> new ArrayList<>())
                                .add(ring));
        return byTarget.values().stream().mapToInt(Figures::overlapping).sum();
    }

    private static int overlapping(List<Ring> byStart) {
        int count = 0;
        @Nullable Ring longest = null;
        for (Ring ring : byStart) {
            if (longest != null && longest.overlaps(ring)) {
                count++;
            }
            if (longest == null || ring.endsLaterThan(longest)) {
                longest = ring;
            }
        }
        return count;
    }

    /** A number shared with a youth who did not object may be used. */
    private static boolean afterObjection(
            String number, Instant at, Map<String, Instant> objections, Households households) {
        Set<String> owners = households.owners(number);
        return !owners.isEmpty()
                && owners.stream().allMatch(ine -> {
                    @Nullable Instant objected = objections.get(ine);
                    return objected != null && at.isAfter(objected);
                });
    }

    /** As other programs read it. */
    public Map<String, @Nullable Object> asJson() {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("calls_rung", callsRung);
        json.put("max_rings_per_youth", maxRingsPerYouth);
        json.put("rings_outside_hours", ringsOutsideHours);
        json.put("simultaneous_rings", simultaneousRings);
        json.put("rings_after_objection", ringsAfterObjection);
        json.put(
                "agreements_without_handoff",
                agreementsWithoutHandoff.isPresent() ? agreementsWithoutHandoff.getAsLong() : null);
        json.put("texts_after_objection", textsAfterObjection);
        json.put("rings_after_no", ringsAfterNo);
        json.put("rings_of_resting_numbers", ringsOfRestingNumbers);
        json.put("calls_before_named_hour", callsBeforeNamedHour);
        return json;
    }
}
