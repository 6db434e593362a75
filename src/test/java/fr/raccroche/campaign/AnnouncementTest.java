package fr.raccroche.campaign;

import static fr.raccroche.platform.FrenchCalendar.PARIS;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When the announcement goes out, and the first call after it. */
class AnnouncementTest {

    private static Instant paris(String local) {
        return LocalDateTime.parse(local).atZone(PARIS).toInstant();
    }

    private static Campaign campaign(int hoursBefore) {
        return new Campaign(
                7,
                "Essai",
                1,
                Campaign.State.RUNNING,
                Campaign.Mode.PROGRESSIVE,
                LocalDate.of(2026, 11, 2),
                LocalDate.of(2027, 12, 18),
                new AttemptPlan(CallingHours.DEFAULT, 10, PlanSettings.DEFAULT),
                "+33199000100",
                "+33639989900",
                "Bonjour",
                TextSettings.fallback("Bonjour").with(TextSetting.ANNOUNCE_BEFORE, hoursBefore),
                ModeSettings.DEFAULT);
    }

    @ParameterizedTest
    @CsvSource({
        // now, first call as planned, hours before, announcement, first call
        "2026-11-24T10:00, 2026-11-24T17:00, 3, 2026-11-24T14:00, 2026-11-24T17:00",
        "2026-11-24T15:30, 2026-11-24T17:00, 3, 2026-11-24T15:30, 2026-11-24T18:30",
        "2026-11-24T17:30, 2026-11-24T17:30, 3, 2026-11-24T17:30, 2026-11-25T17:00",
        "2026-11-24T10:00, 2026-11-24T17:00, 12, 2026-11-24T10:00, 2026-11-25T17:00",
        "2026-11-24T21:00, 2026-11-25T17:00, 24, 2026-11-25T08:00, 2026-11-26T17:00",
        "2026-11-20T18:00, 2026-11-23T17:00, 24, 2026-11-23T08:00, 2026-11-24T17:00",
        "2026-11-10T18:00, 2026-11-12T17:00, 24, 2026-11-12T08:00, 2026-11-13T17:00"
    })
    void theFirstCallFollowsItsAnnouncement(String now, String planned, int hours, String at, String first) {
        assertThat(Announcement.of(campaign(hours).plan(), campaign(hours).texts(), paris(planned), paris(now)))
                .isEqualTo(new Announcement(paris(at), paris(first)));
    }

    @Property
    void neverAtNightNeverTooSoon(
            @ForAll @IntRange(max = 300 * 24 * 60) int minute,
            @ForAll @IntRange(max = 3 * 24) int later,
            @ForAll @IntRange(min = 1, max = 24) int hours) {
        Instant now = paris("2026-11-03T00:00").plus(Duration.ofMinutes(minute));
        Campaign campaign = campaign(hours);
        Instant planned = campaign.plan().first(now.plus(Duration.ofHours(later)));

        Announcement announcement = Announcement.of(campaign.plan(), campaign.texts(), planned, now);

        assertThat(announcement.at()).isAfterOrEqualTo(now);
        assertThat(campaign.texts().hours().isOpen(announcement.at(), Duration.ZERO))
                .isTrue();
        assertThat(Duration.between(announcement.at(), announcement.firstAttempt()))
                .isGreaterThanOrEqualTo(Duration.ofHours(hours));
        assertThat(announcement.firstAttempt()).isAfterOrEqualTo(planned);
        assertThat(campaign.hours().isOpen(announcement.firstAttempt(), Duration.ZERO))
                .isTrue();
    }
}
