package fr.raccroche.campaign;

import static fr.raccroche.platform.FrenchCalendar.PARIS;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * When to try again: the attempts at one youth, spread over weeks and moved through the parts of the day.
 *
 * <p>What may not be, {@link #allowed} and {@link #earliest} say, for the plan and for the calling rules alike. Among
 * what may be, {@link #next} chooses the part of the day with the best chance of an answer.
 */
public record AttemptPlan(CallingHours hours, int maxAttempts, PlanSettings settings) {

    /** An attempt that counted. */
    public record Past(Instant at, AttemptResult result, long phoneId) {}

    /**
     * The attempts at one youth that counted, oldest first.
     *
     * @param here in this campaign
     * @param elsewhere in other campaigns, within the last year
     */
    public record History(List<Past> here, List<Past> elsewhere) {

        public static final History NONE = new History(List.of(), List.of());

        public History {
            here = List.copyOf(here);
            elsewhere = List.copyOf(elsewhere);
        }

        private List<Past> everywhere() {
            return Stream.concat(here.stream(), elsewhere.stream())
                    .sorted(Comparator.comparing(Past::at))
                    .toList();
        }
    }

    /** What the past forbids for a while. */
    public enum Limit {
        /** After the last result. */
        DELAY,
        /** So that the last attempt does not come before the plan's least span is over. */
        SPREAD,
        /** Attempts a day, over all campaigns like the three that follow. */
        DAY,
        WEEK,
        MONTH,
        YEAR
    }

    /** What follows. */
    public sealed interface Next {

        /** Try again from {@code at} on. */
        record At(Instant at) implements Next {}

        /** All attempts are used. */
        record Exhausted() implements Next {}
    }

    /** For where nothing is left to chance. */
    private static final RandomGenerator UNUSED = () -> 0;

    private static final int WEEK = 7;
    private static final int MONTH = 30;
    private static final int YEAR = 365;

    /** The parts of the day among which attempts rotate; empty when the hours leave none, then any open hour will do. */
    public List<DayPart> parts() {
        return settings.parts(hours);
    }

    /**
     * The parts of the day in which the next attempt may be: those whose share is least filled, and not the last one
     * again unless the line was busy or no other is left. A youth without attempts may be called in any.
     */
    public Set<DayPart> allowed(List<Past> past) {
        List<DayPart> parts = parts();
        Map<DayPart, Integer> tried = new EnumMap<>(DayPart.class);
        past.forEach(attempt -> tried.merge(settings.partOf(attempt.at()), 1, Integer::sum));
        Set<DayPart> level = leastFilled(parts, tried);
        if (past.isEmpty()) {
            return level;
        }
        Past last = past.getLast();
        DayPart lastPart = settings.partOf(last.at());
        Set<DayPart> others = EnumSet.noneOf(DayPart.class);
        others.addAll(level);
        if (!last.result().invitesRetry()) {
            others.remove(lastPart);
        }
        Set<DayPart> candidates = others.isEmpty() ? level : others;
        Set<DayPart> wise = EnumSet.noneOf(DayPart.class);
        candidates.stream()
                .filter(part -> leavesAWay(part, remaining(level, tried)))
                .forEach(wise::add);
        return wise.isEmpty() ? candidates : wise;
    }

    /**
     * Weighted equalisation, as queXS does it: a part's level is its attempts divided by its weight, rounded down; only
     * parts on the lowest level are open.
     */
    Set<DayPart> leastFilled(List<DayPart> parts, Map<DayPart, Integer> tried) {
        int lowest = parts.stream().mapToInt(part -> level(part, tried)).min().orElse(0);
        Set<DayPart> open = EnumSet.noneOf(DayPart.class);
        parts.stream().filter(part -> level(part, tried) == lowest).forEach(open::add);
        return open;
    }

    private int level(DayPart part, Map<DayPart, Integer> tried) {
        return tried.getOrDefault(part, 0) / settings.weight(part);
    }

    /** Attempts that each part of {@code level} takes before it leaves that level. */
    private Map<DayPart, Integer> remaining(Set<DayPart> level, Map<DayPart, Integer> tried) {
        Map<DayPart, Integer> remaining = new EnumMap<>(DayPart.class);
        level.forEach(part ->
                remaining.put(part, settings.weight(part) - tried.getOrDefault(part, 0) % settings.weight(part)));
        return remaining;
    }

    /** Whether after an attempt in {@code part} the rest of the level can be filled without a part twice running. */
    private static boolean leavesAWay(DayPart part, Map<DayPart, Integer> remaining) {
        int rest = remaining.values().stream().mapToInt(Integer::intValue).sum() - 1;
        return remaining.entrySet().stream().allMatch(entry -> {
            boolean justUsed = entry.getKey() == part;
            int own = entry.getValue() - (justUsed ? 1 : 0);
            return own <= rest - own + (justUsed ? 0 : 1);
        });
    }

    /** From when on {@code limit} would let the next attempt pass; {@link Instant#MIN} when it says nothing. */
    public Instant earliest(Limit limit, History history) {
        return switch (limit) {
            case DELAY -> afterDelay(history.here());
            case SPREAD -> afterSpread(history.here());
            case DAY -> afterDay(history.everywhere());
            case WEEK -> afterCap(history.everywhere(), settings.get(PlanSetting.PER_WEEK), WEEK);
            case MONTH -> afterCap(history.everywhere(), settings.get(PlanSetting.PER_MONTH), MONTH);
            case YEAR -> afterCap(history.everywhere(), settings.get(PlanSetting.PER_YEAR), YEAR);
        };
    }

    private Instant afterDelay(List<Past> past) {
        return past.isEmpty()
                ? Instant.MIN
                : past.getLast().at().plus(settings.after(past.getLast().result()));
    }

    /** Shares what is left of the span among the attempts that are left, in whole days. */
    private Instant afterSpread(List<Past> past) {
        int left = maxAttempts - past.size();
        if (past.isEmpty() || left <= 0) {
            return Instant.MIN;
        }
        Past last = past.getLast();
        boolean soon = last.result().invitesRetry() || last.result() == AttemptResult.INTERRUPTED;
        LocalDate end = day(past.getFirst()).plusDays(settings.get(PlanSetting.SPAN));
        long days = end.toEpochDay() - day(last).toEpochDay();
        return days <= 0 || (soon && left > 1) ? Instant.MIN : start(day(last).plusDays(days / left));
    }

    private Instant afterDay(List<Past> past) {
        if (past.isEmpty()) {
            return Instant.MIN;
        }
        LocalDate day = day(past.getLast());
        List<Past> that =
                past.stream().filter(attempt -> day(attempt).equals(day)).toList();
        int cap = settings.get(
                that.getFirst().result().invitesRetry() ? PlanSetting.PER_DAY_AFTER_BUSY : PlanSetting.PER_DAY);
        return that.size() < cap ? Instant.MIN : start(day.plusDays(1));
    }

    /** At most {@code cap} in any {@code days} days running, today included; 0 for no limit. */
    private static Instant afterCap(List<Past> past, int cap, int days) {
        return cap == 0 || past.size() < cap
                ? Instant.MIN
                : start(day(past.get(past.size() - cap)).plusDays(days));
    }

    /** How many attempts {@code limit} counts at {@code now}; 0 for the two that do not count. */
    public int used(Limit limit, History history, Instant now) {
        int days = switch (limit) {
            case DELAY, SPREAD -> 0;
            case DAY -> 1;
            case WEEK -> WEEK;
            case MONTH -> MONTH;
            case YEAR -> YEAR;
        };
        LocalDate since = now.atZone(PARIS).toLocalDate().minusDays(days);
        return (int) history.everywhere().stream()
                .filter(attempt -> day(attempt).isAfter(since))
                .count();
    }

    private static LocalDate day(Past attempt) {
        return attempt.at().atZone(PARIS).toLocalDate();
    }

    private static Instant start(LocalDate day) {
        return day.atStartOfDay(PARIS).toInstant();
    }

    /**
     * What follows the attempts so far. The first is planned for the part that the settings name; each later one for the
     * allowed part with the best chance, or now and then for any of them, so that chances go on being learnt. Where somebody
     * is at the phone right now no chance is weighed: as soon as it is allowed.
     *
     * @param margin how long the hours must stay open from there
     * @param chance of reaching somebody in a part of the day; only their order matters
     */
    public Next next(
            History history, Instant now, Duration margin, ToDoubleFunction<DayPart> chance, RandomGenerator random) {
        if (history.here().size() >= maxAttempts) {
            return new Next.Exhausted();
        }
        Instant earliest = now;
        for (Limit limit : Limit.values()) {
            Instant passes = earliest(limit, history);
            earliest = passes.isAfter(earliest) ? passes : earliest;
        }
        return new Next.At(opening(history.here(), earliest, margin, chance, random));
    }

    private Instant opening(
            List<Past> past, Instant from, Duration margin, ToDoubleFunction<DayPart> chance, RandomGenerator random) {
        List<DayPart> allowed = List.copyOf(allowed(past));
        if (allowed.isEmpty()) {
            return hours.nextOpening(from, margin);
        }
        if (past.isEmpty()) {
            DayPart first = settings.first();
            return first != null && allowed.contains(first)
                    ? opening(first, from, margin)
                    : earliestOf(allowed, from, margin);
        }
        if (past.getLast().result().invitesRetry()) {
            return earliestOf(allowed, from, margin);
        }
        if (random.nextInt(100) < settings.get(PlanSetting.EXPLORATION)) {
            return opening(allowed.get(random.nextInt(allowed.size())), from, margin);
        }
        double[] chances = allowed.stream().mapToDouble(chance).toArray();
        double best = Arrays.stream(chances).max().orElseThrow();
        return earliestOf(
                IntStream.range(0, chances.length)
                        .filter(i -> chances[i] >= best)
                        .mapToObj(allowed::get)
                        .toList(),
                from,
                margin);
    }

    private Instant earliestOf(List<DayPart> parts, Instant from, Duration margin) {
        return parts.stream()
                .map(part -> opening(part, from, margin))
                .min(Comparator.naturalOrder())
                .orElseThrow();
    }

    private Instant opening(DayPart part, Instant from, Duration margin) {
        return settings.hours(hours, part).nextOpening(from, margin);
    }

    /** When a youth's first attempt is planned, {@code from} included. */
    public Instant first(Instant from) {
        return opening(List.of(), from, Duration.ZERO, part -> 0, UNUSED);
    }

    /** The attempts at a youth who never answers, from {@code from} on, as long as nothing has been learnt yet. */
    public List<Instant> example(Instant from) {
        var certain = new AttemptPlan(hours, maxAttempts, settings.with(PlanSetting.EXPLORATION, 0));
        var past = new ArrayList<Past>();
        Instant now = from;
        while (certain.next(new History(past, List.of()), now, Duration.ZERO, part -> 0, UNUSED)
                instanceof Next.At next) {
            past.add(new Past(next.at(), AttemptResult.NO_ANSWER, 0));
            now = next.at();
        }
        return past.stream().map(Past::at).toList();
    }
}
