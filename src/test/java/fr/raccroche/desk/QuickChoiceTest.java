package fr.raccroche.desk;

import static fr.raccroche.platform.FrenchCalendar.PARIS;
import static org.assertj.core.api.Assertions.assertThat;

import fr.raccroche.campaign.AttemptPlan;
import fr.raccroche.campaign.CallingHours;
import fr.raccroche.campaign.Campaign;
import fr.raccroche.campaign.ModeSettings;
import fr.raccroche.campaign.PlanSettings;
import fr.raccroche.campaign.TextSettings;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Calls at the usual hours, 9 h 30 to 13 h and 14 h to 20 h on working days, up to Friday 4 December. */
class QuickChoiceTest {

    private static final Campaign CAMPAIGN = new Campaign(
            1,
            "Essai",
            1,
            Campaign.State.RUNNING,
            Campaign.Mode.PROGRESSIVE,
            LocalDate.of(2026, 11, 2),
            LocalDate.of(2026, 12, 4),
            new AttemptPlan(CallingHours.DEFAULT, 10, PlanSettings.DEFAULT),
            "+33199000100",
            "+33639989900",
            "Bonjour",
            TextSettings.fallback("Bonjour"),
            ModeSettings.DEFAULT);

    private static Instant paris(String local) {
        return LocalDateTime.parse(local).atZone(PARIS).toInstant();
    }

    private static String choices(String now) {
        return QuickChoice.of(CAMPAIGN, paris(now)).stream()
                .map(choice -> choice.label() + " = " + choice.at())
                .collect(Collectors.joining(" | "));
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            # a Tuesday morning
            2026-11-24T10:02; Dans 1 h = 2026-11-24T11:05 | Ce soir = 2026-11-24T18:00 | Demain, même heure = 2026-11-25T10:00 | Demain soir = 2026-11-25T18:00
            # an hour later is lunch
            2026-11-24T12:10; Ce soir = 2026-11-24T18:00 | Demain, même heure = 2026-11-25T12:00 | Demain soir = 2026-11-25T18:00
            # the evening has begun
            2026-11-24T17:31; Dans 1 h = 2026-11-24T18:35 | Demain, même heure = 2026-11-25T17:30 | Demain soir = 2026-11-25T18:00
            # the day is over, and nobody is called on Saturday
            2026-11-27T19:30; Lundi, même heure = 2026-11-30T19:30 | Lundi soir = 2026-11-30T18:00
            # the last day of the campaign
            2026-12-04T15:00; Dans 1 h = 2026-12-04T16:00 | Ce soir = 2026-12-04T18:00
            2026-12-04T19:58;
            """)
    void onlyWhatTheCampaignCanKeepIsOffered(String now, @Nullable String expected) {
        assertThat(choices(now)).isEqualTo(expected == null ? "" : expected);
    }

    @Test
    void twoNamesOfOneMomentAreOneChoice() {
        assertThat(choices("2026-11-24T18:00")).containsOnlyOnce("2026-11-25T18:00");
    }
}
