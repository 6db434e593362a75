package fr.raccroche.sms;

import static fr.raccroche.platform.FrenchCalendar.PARIS;
import static org.assertj.core.api.Assertions.assertThat;

import fr.raccroche.campaign.TextSettings;
import java.time.Duration;
import java.time.LocalDateTime;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SenderTest {

    @ParameterizedTest
    @CsvSource({
        "2026-11-24T10:00, PT4H",
        "2026-11-24T16:00, PT4H",
        "2026-11-24T18:30, PT1H30M",
        "2026-11-24T19:59, PT1M",
        "2026-11-24T19:59:30, PT1M",
        // summer time begins that night
        "2027-03-27T19:00, PT1H"
    })
    void theNetworkHoldsNoTextBackIntoTheNight(String at, Duration validity) {
        assertThat(Sender.validity(
                        TextSettings.HOURS,
                        PARIS,
                        LocalDateTime.parse(at).atZone(PARIS).toInstant()))
                .isEqualTo(validity);
    }
}
