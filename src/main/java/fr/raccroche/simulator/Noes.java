package fr.raccroche.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What people asked for: who wants no call, which phone is not to ring, and who named an hour; each for a time. */
final class Noes {

    private static final Set<String> FOR_GOOD = Set.of("IN_SOLUTION", "NO_REFERRAL", "REFERRAL", "OBJECTED");
    private static final Duration AFTER_REFUSAL = Duration.ofDays(60);

    private record Quiet(Instant from, Instant until) {

        boolean covers(Instant at) {
            return at.isAfter(from) && at.isBefore(until);
        }

        Quiet endedAt(Instant at) {
            return at.isBefore(until) ? new Quiet(from, at) : this;
        }
    }

    private final Households households;
    private final Map<String, List<Quiet>> people = new HashMap<>();
    private final Map<String, List<Quiet>> phones = new HashMap<>();
    private final Map<String, List<Quiet>> wishes = new HashMap<>();

    Noes(Households households) {
        this.households = households;
    }

    /** A youth wants no contact any more. */
    void objected(String ine, Instant at) {
        people.computeIfAbsent(ine, key -> new ArrayList<>()).add(new Quiet(at, Instant.MAX));
    }

    /** A call with a youth ended so; whatever hour they had named before is past. */
    void noted(String ine, String outcome, Instant at) {
        wishes.computeIfPresent(
                ine,
                (key, named) -> named.stream().map(wish -> wish.endedAt(at)).toList());
        if (FOR_GOOD.contains(outcome) || outcome.equals("REFUSED")) {
            people.computeIfAbsent(ine, key -> new ArrayList<>())
                    .add(new Quiet(at, outcome.equals("REFUSED") ? at.plus(AFTER_REFUSAL) : Instant.MAX));
        }
    }

    /** A phone is not to ring before {@code until}. */
    void rests(String number, Instant until, Instant at) {
        phones.computeIfAbsent(number, key -> new ArrayList<>()).add(new Quiet(at, until));
    }

    /** A youth named the hour of their next call. */
    void named(String ine, Instant hour, Instant at) {
        var all = new ArrayList<>(wishes.getOrDefault(ine, List.of()));
        all.add(new Quiet(at, hour));
        wishes.put(ine, all);
    }

    /** Whether a ring could only be for somebody who had said no; a phone shared with somebody who had not may ring. */
    boolean afterNo(Ring ring) {
        return all(people, ring);
    }

    boolean resting(Ring ring) {
        return covers(phones.get(ring.number()), ring.start());
    }

    /** Whether a ring could only be for somebody who had named a later hour. */
    boolean beforeNamedHour(Ring ring) {
        return all(wishes, ring);
    }

    private boolean all(Map<String, List<Quiet>> quiet, Ring ring) {
        Set<String> owners = households.owners(ring.number());
        return !owners.isEmpty() && owners.stream().allMatch(ine -> covers(quiet.get(ine), ring.start()));
    }

    private static boolean covers(@Nullable List<Quiet> quiet, Instant at) {
        return quiet != null && quiet.stream().anyMatch(each -> each.covers(at));
    }
}
