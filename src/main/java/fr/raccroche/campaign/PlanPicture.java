package fr.raccroche.campaign;

import static fr.raccroche.platform.FrenchCalendar.PARIS;

import fr.raccroche.platform.FrenchCalendar;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.TextStyle;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A plan of attempts as a calendar: the attempts at one youth who never answers.
 *
 * @param tries in order
 * @param weeks from the first attempt's to the last one's, each with the days on which the campaign may call
 * @param late attempts that would come after the campaign's last day
 */
record PlanPicture(List<Try> tries, List<String> weekdays, List<Week> weeks, int late) {

    /** One attempt; {@code late} when it comes after the campaign's last day. */
    record Try(int n, Instant at, DayPart part, boolean late) {}

    /** The days of a week. */
    record Week(LocalDate monday, List<Day> days) {}

    /** Why nobody is called on a day, or that somebody may be. */
    enum Kind {
        OPEN,
        HOLIDAY,
        BLOCKED,
        OUTSIDE
    }

    /** One day with its attempts, none most often. */
    record Day(LocalDate date, Kind kind, List<Try> tries) {}

    static PlanPicture of(Campaign campaign, Instant now) {
        Instant start = campaign.startsOn().atStartOfDay(PARIS).toInstant();
        List<Instant> moments = campaign.plan().example(now.isAfter(start) ? now : start);
        List<Try> tries = IntStream.range(0, moments.size())
                .mapToObj(i -> new Try(
                        i + 1,
                        moments.get(i),
                        campaign.planSettings().partOf(moments.get(i)),
                        day(moments.get(i)).isAfter(campaign.endsOn())))
                .toList();
        List<DayOfWeek> weekdays = campaign.hours().days().stream().sorted().toList();
        return new PlanPicture(
                tries,
                weekdays.stream()
                        .map(day -> day.getDisplayName(TextStyle.FULL, Locale.FRENCH))
                        .toList(),
                weeks(campaign, tries, weekdays),
                (int) tries.stream().filter(Try::late).count());
    }

    private static List<Week> weeks(Campaign campaign, List<Try> tries, List<DayOfWeek> weekdays) {
        LocalDate last = day(tries.getLast().at());
        var weeks = new ArrayList<Week>();
        LocalDate monday = day(tries.getFirst().at()).with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
        while (!monday.isAfter(last)) {
            LocalDate first = monday;
            weeks.add(new Week(
                    first,
                    weekdays.stream()
                            .map(weekday -> first.with(TemporalAdjusters.nextOrSame(weekday)))
                            .map(date -> new Day(date, kind(campaign, date), on(date, tries)))
                            .toList()));
            monday = monday.plusWeeks(1);
        }
        return weeks;
    }

    private static Kind kind(Campaign campaign, LocalDate date) {
        if (date.isBefore(campaign.startsOn()) || date.isAfter(campaign.endsOn())) {
            return Kind.OUTSIDE;
        }
        return campaign.hours().isBlocked(date)
                ? Kind.BLOCKED
                : FrenchCalendar.isPublicHoliday(date) ? Kind.HOLIDAY : Kind.OPEN;
    }

    private static List<Try> on(LocalDate date, List<Try> tries) {
        return tries.stream().filter(attempt -> day(attempt.at()).equals(date)).toList();
    }

    private static LocalDate day(Instant at) {
        return at.atZone(PARIS).toLocalDate();
    }

    public LocalDate firstDay() {
        return day(tries.getFirst().at());
    }

    public LocalDate lastDay() {
        return day(tries.getLast().at());
    }

    /** From the first attempt to the last, in days. */
    public long days() {
        return lastDay().toEpochDay() - firstDay().toEpochDay();
    }

    /** How many attempts fall into a part of the day. */
    public long in(DayPart part) {
        return tries.stream().filter(attempt -> attempt.part() == part).count();
    }

    /** The parts of the day. */
    public Stream<DayPart> parts() {
        return Stream.of(DayPart.values());
    }
}
