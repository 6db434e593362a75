package fr.raccroche.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import fr.raccroche.platform.Problem;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the form makes of what a supervisor typed. */
class ModeFormTest {

    private static final Campaign CAMPAIGN = new Campaign(
            7,
            "Essai",
            1,
            Campaign.State.RUNNING,
            Campaign.Mode.PROGRESSIVE,
            LocalDate.of(2026, 11, 23),
            LocalDate.of(2026, 12, 18),
            new AttemptPlan(CallingHours.DEFAULT, 10, PlanSettings.DEFAULT),
            "+33199000100",
            "+33639989900",
            "Bonjour",
            TextSettings.fallback("Bonjour"),
            new ModeSettings(Duration.ofSeconds(45), true, "Un message.", "Personne.", 0));

    private static Campaign changed(Map<String, List<String>> fields) {
        MultivaluedMap<String, String> form = new MultivaluedHashMap<>();
        form.putAll(fields);
        return new ModeForm(CAMPAIGN, BurstBound.ONE_EACH).changed(form);
    }

    @Test
    void anEmptyFormChangesNothing() {
        assertThat(changed(Map.of())).isEqualTo(CAMPAIGN);
    }

    @Test
    void everythingCanBeChanged() {
        Campaign changed = changed(Map.of(
                "mode", List.of("PREVIEW"),
                "reading", List.of(" 120 "),
                "detection", List.of("false"),
                "voicemail", List.of(" Rappelez-nous\r\n au 01 99 00 01 00. "),
                "nobody", List.of("Nous vous rappelons.")));

        assertThat(changed.mode()).isEqualTo(Campaign.Mode.PREVIEW);
        assertThat(changed.modes())
                .isEqualTo(new ModeSettings(
                        Duration.ofMinutes(2), false, "Rappelez-nous au 01 99 00 01 00.", "Nous vous rappelons.", 0));
    }

    @Test
    void aTickIsSentBesideItsHiddenHalf() {
        assertThat(changed(Map.of("detection", List.of("false", "true")))
                        .modes()
                        .detection())
                .isTrue();
    }

    @Test
    void theProductsOwnTextFollowsTheNumberShown() {
        Campaign emptied = changed(Map.of("voicemail", List.of(" "), "nobody", List.of("")));
        Campaign same =
                changed(Map.of("voicemail", List.of(emptied.voicemailText()), "nobody", List.of(emptied.nobodyText())));

        assertThat(same).isEqualTo(emptied);
        assertThat(same.modes().voicemail()).isEmpty();
        assertThat(same.voicemailText()).contains("01 99 00 01 00");
        assertThat(same.nobodyText()).contains("01 99 00 01 00");
    }

    @ParameterizedTest
    @CsvSource({"15, true", "600, true", "14, false", "601, false", "-60, false", "une minute, false", "'', false"})
    void aFileIsReadFromAQuarterOfAMinuteToTen(String seconds, boolean accepted) {
        if (accepted) {
            assertThat(changed(Map.of("reading", List.of(seconds))).modes().reading())
                    .isEqualTo(Duration.ofSeconds(Long.parseLong(seconds)));
        } else {
            refused("bad-reading", Map.of("reading", List.of(seconds)));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"0 | 0", "3 | 0.03", "0,5 | 0.005", " 1.5 | 0.015", "2,9 | 0.029"})
    void aShareWithoutAnAgentIsAtMostThreePercent(String percent, double target) {
        assertThat(changed(Map.of("target", List.of(percent))).modes().target()).isEqualTo(target);
    }

    @ParameterizedTest
    @ValueSource(strings = {"3,1", "10", "-1", "0,55", "un", ""})
    void anotherShareIsRefused(String percent) {
        refused("bad-target", Map.of("target", List.of(percent)));
    }

    @Test
    void linesAreSharedOnlyWhereTheCampaignAcceptsIt() {
        assertThat(changed(Map.of("mode", List.of("BURST"))).bursts()).isFalse();
        assertThat(changed(Map.of("target", List.of("1"))).bursts()).isFalse();
        assertThat(changed(Map.of("mode", List.of("BURST"), "target", List.of("1")))
                        .bursts())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Vous êtes décrocheur",
                "Le service DÉCROCHAGE vous appelle",
                "au sujet du decrochage scolaire",
                "pour les jeunes décrocheuses"
            })
    void noMessageSaysWhyTheyAreCalled(String text) {
        refused("bad-voicemail", Map.of("voicemail", List.of(text)));
        refused("bad-nobody", Map.of("nobody", List.of(text)));
    }

    /** A row of before the guard. */
    @Test
    void whatWasStoredAndSaysWhyIsNotHeard() {
        Campaign stored = CAMPAIGN.with(
                Campaign.Mode.PROGRESSIVE,
                new ModeSettings(Duration.ofSeconds(60), true, "Le décrochage", "Vous êtes décrocheur", 0));

        assertThat(stored.voicemailText()).contains("01 99 00 01 00");
        assertThat(stored.nobodyText()).contains("01 99 00 01 00");
    }

    @Test
    void pickingUpThePhoneMayBeSaid() {
        String text = "Vous avez décroché et personne n'était là : nous vous rappelons.";

        assertThat(changed(Map.of("nobody", List.of(text))).nobodyText()).isEqualTo(text);
    }

    @Test
    void textsAndModesHaveBounds() {
        refused("bad-mode", Map.of("mode", List.of("PREDICTIVE")));
        refused("bad-voicemail", Map.of("voicemail", List.of("a".repeat(401))));
        assertThat(changed(Map.of("voicemail", List.of("a".repeat(400)))).voicemailText())
                .hasSize(400);
    }

    private static void refused(String code, Map<String, List<String>> fields) {
        assertThat(catchThrowableOfType(Problem.class, () -> changed(fields)))
                .returns(400, Problem::status)
                .returns(code, Problem::code);
    }
}
