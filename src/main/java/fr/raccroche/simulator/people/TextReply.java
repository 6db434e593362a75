package fr.raccroche.simulator.people;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.time.temporal.TemporalAdjusters;
import java.util.Optional;

/** What a person answers to a text, and what they mean by it. */
public record TextReply(String words, Meaning meaning) {

    /** What follows from it for whoever wants to call. */
    public enum Meaning {
        ANYTHING,
        /** No call, no text. */
        NO,
        NOT_BEFORE_FIVE,
        IN_TWO_HOURS,
        TOMORROW_AFTER_THREE,
        TOMORROW_AFTER_FIVE,
        WEDNESDAY
    }

    private static final LocalTime FIVE = LocalTime.of(17, 0);

    public boolean refuses() {
        return meaning == Meaning.NO;
    }

    /** The moment before which no call is wanted, by what was written at {@code at}; empty for no such. */
    public Optional<Instant> notBefore(Instant at) {
        ZonedDateTime local = at.atZone(LegalHours.PARIS);
        LocalDate today = local.toLocalDate();
        return switch (meaning) {
            case ANYTHING, NO -> Optional.empty();
            case NOT_BEFORE_FIVE ->
                Optional.of(on(local.toLocalTime().isBefore(FIVE) ? today : today.plusDays(1), FIVE));
            case IN_TWO_HOURS -> Optional.of(at.plus(Duration.ofHours(2)));
            case TOMORROW_AFTER_THREE -> Optional.of(on(today.plusDays(1), LocalTime.of(15, 0)));
            case TOMORROW_AFTER_FIVE -> Optional.of(on(today.plusDays(1), FIVE));
            case WEDNESDAY ->
                Optional.of(on(today.with(TemporalAdjusters.next(DayOfWeek.WEDNESDAY)), LocalTime.MIDNIGHT));
        };
    }

    private static Instant on(LocalDate day, LocalTime time) {
        return day.atTime(time).atZone(LegalHours.PARIS).toInstant();
    }
}
