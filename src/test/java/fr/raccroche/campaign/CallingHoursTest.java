package fr.raccroche.campaign;

import static fr.raccroche.platform.FrenchCalendar.PARIS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import fr.raccroche.campaign.CallingHours.Span;
import fr.raccroche.platform.FrenchCalendar;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallingHoursTest {

    private static final Duration MARGIN = Duration.ofMinutes(2);
    private static final CallingHours EVERY_DAY = new CallingHours(
            EnumSet.allOf(DayOfWeek.class),
            List.of(
                    new Span(LocalTime.of(10, 0), LocalTime.of(13, 0)),
                    new Span(LocalTime.of(14, 0), LocalTime.of(20, 0))));

    private static Instant paris(String local) {
        return LocalDateTime.parse(local).atZone(PARIS).toInstant();
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-24T09:59:59, false",
        "2026-11-24T10:00:00, true",
        "2026-11-24T12:57:59, true",
        "2026-11-24T12:58:00, false",
        "2026-11-24T13:30:00, false",
        "2026-11-24T14:00:00, true",
        "2026-11-24T19:57:59, true",
        "2026-11-24T19:58:00, false",
        "2026-11-24T20:00:00, false",
        "2026-11-28T11:00:00, false",
        "2026-11-29T11:00:00, false",
        "2026-12-25T11:00:00, false"
    })
    void aPhoneRingsOnlyWhileTheHoursStayOpen(String local, boolean open) {
        assertThat(CallingHours.DEFAULT.isOpen(paris(local), MARGIN)).isEqualTo(open);
    }

    /** Summer time begins on Sunday 28 March 2027 and ends on Sunday 31 October 2027: ten o'clock stays ten o'clock. */
    @ParameterizedTest
    @CsvSource({
        "2027-03-27T20:00:00, 2027-03-28T08:00:00Z",
        "2027-03-28T01:30:00, 2027-03-28T08:00:00Z",
        "2027-03-26T20:00:00, 2027-03-27T09:00:00Z",
        "2027-10-30T20:00:00, 2027-10-31T09:00:00Z",
        "2027-10-31T02:30:00, 2027-10-31T09:00:00Z",
        "2027-10-29T20:00:00, 2027-10-30T08:00:00Z"
    })
    void theHoursFollowTheChangeOfTheClocks(String local, Instant opening) {
        assertThat(EVERY_DAY.nextOpening(paris(local), MARGIN)).isEqualTo(opening);
        assertThat(EVERY_DAY.isOpen(opening, MARGIN)).isTrue();
        assertThat(EVERY_DAY.isOpen(opening.minusMillis(1), MARGIN)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-24T08:00:00, 2026-11-24T10:00:00",
        "2026-11-24T11:11:11, 2026-11-24T11:11:11",
        "2026-11-24T12:59:00, 2026-11-24T14:00:00",
        "2026-11-24T19:59:00, 2026-11-25T10:00:00",
        "2026-11-27T20:00:00, 2026-11-30T10:00:00",
        "2026-12-24T20:00:00, 2026-12-28T10:00:00",
        "2027-05-07T20:00:00, 2027-05-10T10:00:00"
    })
    void theNextOpeningSkipsNightsWeekendsAndHolidays(String local, String opening) {
        assertThat(CallingHours.DEFAULT.nextOpening(paris(local), MARGIN)).isEqualTo(paris(opening));
    }

    @Test
    void aSpanThatGoesOnOverAPartOfTheDayIsLongEnoughOnlyUntilItCloses() {
        var hours = new CallingHours(
                EnumSet.allOf(DayOfWeek.class), List.of(new Span(LocalTime.of(10, 0), LocalTime.of(13, 1))));

        assertThat(hours.nextOpening(paris("2026-11-24T12:59:30"), MARGIN)).isEqualTo(paris("2026-11-25T10:00:00"));
    }

    @Test
    void hoursThatAreNeverOpenLongEnoughSaySo() {
        var hours =
                new CallingHours(Set.of(DayOfWeek.MONDAY), List.of(new Span(LocalTime.of(10, 0), LocalTime.of(10, 1))));

        assertThatIllegalStateException().isThrownBy(() -> hours.nextOpening(paris("2026-11-24T12:00:00"), MARGIN));
    }

    @Test
    void aBlockedDayIsSkippedLikeAHoliday() {
        var hours = new CallingHours(
                CallingHours.DEFAULT.days(),
                CallingHours.DEFAULT.spans(),
                Set.of(LocalDate.of(2026, 11, 25), LocalDate.of(2026, 11, 26)));

        assertThat(hours.isOpen(paris("2026-11-25T11:00:00"), MARGIN)).isFalse();
        assertThat(hours.isOpenByClock(paris("2026-11-25T11:00:00"), MARGIN)).isTrue();
        assertThat(hours.nextOpening(paris("2026-11-24T20:00:00"), MARGIN)).isEqualTo(paris("2026-11-27T10:00:00"));
        assertThat(CallingHours.readBlocked(hours.storedBlocked())).isEqualTo(hours.blocked());
        assertThat(CallingHours.readBlocked("")).isEmpty();
    }

    @Test
    void hoursCutDownToAPartOfTheDayAreOpenOnlyThere() {
        var evening = CallingHours.DEFAULT.within(new Span(LocalTime.of(17, 0), LocalTime.MAX));

        assertThat(evening.spans()).containsExactly(new Span(LocalTime.of(17, 0), LocalTime.of(20, 0)));
        assertThat(CallingHours.DEFAULT
                        .within(new Span(LocalTime.of(13, 0), LocalTime.of(14, 0)))
                        .spans())
                .isEmpty();
    }

    @Test
    void publicHolidaysAreThoseOfThePublishedCalendar() {
        Set<LocalDate> published = publishedHolidays();
        LocalDate first = published.stream().min(LocalDate::compareTo).orElseThrow();
        LocalDate last = published.stream().max(LocalDate::compareTo).orElseThrow();

        assertThat(first.datesUntil(last.plusDays(1)).filter(FrenchCalendar::isPublicHoliday))
                .hasSizeGreaterThan(50)
                .containsExactlyInAnyOrderElementsOf(published);
    }

    @Test
    void noPublicHolidayIsOpen() {
        assertThat(publishedHolidays()).noneMatch(EVERY_DAY::isOpenDay);
    }

    private static Set<LocalDate> publishedHolidays() {
        try (var file = Objects.requireNonNull(
                CallingHoursTest.class.getResourceAsStream("/jours_feries_fr.csv"), "the calendar")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .skip(1)
                    .map(line -> LocalDate.parse(line.substring(0, 10)))
                    .collect(Collectors.toSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Property
    void theNextOpeningIsOpenAndNeverBefore(@ForAll("hours") CallingHours hours, @ForAll("instants") Instant instant) {
        Instant opening = hours.nextOpening(instant, MARGIN);

        assertThat(opening).isAfterOrEqualTo(instant);
        assertThat(hours.isOpen(opening, MARGIN)).isTrue();
    }

    @Property
    void nothingIsOpenBeforeTheNextOpening(@ForAll("hours") CallingHours hours, @ForAll("instants") Instant instant) {
        Instant opening = hours.nextOpening(instant, MARGIN);

        for (Instant t = instant; t.isBefore(opening); t = t.plus(Duration.ofMinutes(5))) {
            assertThat(hours.isOpen(t, MARGIN)).as("%s", t.atZone(PARIS)).isFalse();
        }
    }

    @Property
    void daysComeBackAsTheyWereStored(@ForAll("hours") CallingHours hours) {
        assertThat(CallingHours.readDays(hours.storedDays())).isEqualTo(hours.days());
    }

    @ParameterizedTest
    @CsvSource({
        "Europe/Paris, 2026-11-24T10:49, 2026-11-24T10:49",
        "America/Guadeloupe, 2026-11-24T10:49, 2026-11-24T13:00",
        "America/Guadeloupe, 2026-11-24T19:59, 2026-11-24T19:59",
        "America/Guadeloupe, 2026-11-24T20:30, 2026-11-25T13:00",
        "Indian/Reunion, 2026-11-24T16:59, 2026-11-24T16:59",
        "Indian/Reunion, 2026-11-24T17:00, 2026-11-25T08:00",
        "Indian/Reunion, 2026-11-28T18:00, 2026-11-30T08:00"
    })
    void aTextComesInTheHoursOfTheNumbersOwnPlace(String zone, String now, String opening) {
        var hours = TextSettings.HOURS;
        Instant from = LocalDateTime.parse(now).atZone(PARIS).toInstant();

        assertThat(hours.nextOpeningIn(ZoneId.of(zone), from, Duration.ZERO))
                .isEqualTo(LocalDateTime.parse(opening).atZone(PARIS).toInstant());
    }

    /** Any weekdays, two spans of a quarter or more after four in the morning: nobody is called in the hour that a change skips. */
    @Provide
    Arbitrary<CallingHours> hours() {
        var days = Arbitraries.of(DayOfWeek.class).set().ofMinSize(1);
        var quarters = Arbitraries.integers().between(16, 95).set().ofSize(4);
        return Combinators.combine(days, quarters).as((week, four) -> {
            List<LocalTime> times = four.stream()
                    .sorted()
                    .map(q -> LocalTime.ofSecondOfDay(q * 900L))
                    .toList();
            return new CallingHours(
                    week, List.of(new Span(times.get(0), times.get(1)), new Span(times.get(2), times.get(3))));
        });
    }

    /** Two school years, the nights in which the clocks change more often. */
    @Provide
    Arbitrary<Instant> instants() {
        long from = Instant.parse("2026-09-01T00:00:00Z").getEpochSecond();
        long to = Instant.parse("2028-08-31T00:00:00Z").getEpochSecond();
        return Arbitraries.frequencyOf(
                net.jqwik.api.Tuple.of(4, Arbitraries.longs().between(from, to).map(Instant::ofEpochSecond)),
                net.jqwik.api.Tuple.of(1, around("2027-03-27T12:00:00Z")),
                net.jqwik.api.Tuple.of(1, around("2027-10-30T12:00:00Z")));
    }

    private static Arbitrary<Instant> around(String start) {
        return Arbitraries.longs().between(0, 48 * 3600).map(Instant.parse(start)::plusSeconds);
    }
}
