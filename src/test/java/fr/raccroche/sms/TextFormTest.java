package fr.raccroche.sms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import fr.raccroche.campaign.AttemptPlan;
import fr.raccroche.campaign.CallingHours;
import fr.raccroche.campaign.Campaign;
import fr.raccroche.campaign.ModeSettings;
import fr.raccroche.campaign.PlanSettings;
import fr.raccroche.campaign.TextKind;
import fr.raccroche.campaign.TextSetting;
import fr.raccroche.campaign.TextSettings;
import fr.raccroche.platform.Problem;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the form of texts makes of what a supervisor typed. */
class TextFormTest {

    private static final String FALLBACK = "Bonjour {prenom}, rappelez le {numero}";
    private static final TextForm FORM = new TextForm(
            new Campaign(
                    7,
                    "Essai",
                    1,
                    Campaign.State.RUNNING,
                    Campaign.Mode.PROGRESSIVE,
                    LocalDate.of(2026, 11, 23),
                    LocalDate.of(2026, 12, 18),
                    new AttemptPlan(CallingHours.DEFAULT, 8, PlanSettings.DEFAULT),
                    "+33199000100",
                    "+33639989900",
                    "Bonjour",
                    TextSettings.fallback(FALLBACK),
                    ModeSettings.DEFAULT),
            kind -> "Bonjour {prenom} : {lien}",
            "https://exemple.fr/r/xxxxxxxxxxxxxxxxxxxxxx",
            Instant.parse("2026-11-24T09:00:00Z"));

    private static TextSettings changed(String... pairs) {
        MultivaluedMap<String, String> fields = new MultivaluedHashMap<>();
        for (String pair : pairs) {
            String[] parts = pair.split("=", 2);
            fields.add(parts[0], parts[1]);
        }
        return FORM.changed(fields);
    }

    @Test
    void aFieldThatIsAbsentKeepsItsValueAndABoxThatIsNotTickedIsOff() {
        assertThat(changed("on-FALLBACK=on")).isEqualTo(FORM.texts());
        assertThat(changed().isOn(TextKind.FALLBACK)).isFalse();
    }

    @Test
    void eachFieldChangesItsSetting() {
        TextSettings changed = changed(
                "on-ANNOUNCEMENT=on",
                "text-ANNOUNCEMENT= Bonjour {prenom}\r\nSTOP ",
                "text-FALLBACK=À vous",
                "fallbackAfter= 6;2, 2",
                "service=le CIO",
                "days=MONDAY",
                "days=SATURDAY",
                "opens=09:00",
                "closes=18:30",
                "ANNOUNCE_BEFORE=6",
                "PRICE=75");

        assertThat(changed.isOn(TextKind.ANNOUNCEMENT)).isTrue();
        assertThat(changed.template(TextKind.ANNOUNCEMENT).text()).isEqualTo("Bonjour {prenom}\nSTOP");
        assertThat(changed.isOn(TextKind.FALLBACK)).isFalse();
        assertThat(changed.fallbackAfter()).containsExactly(2, 6);
        assertThat(changed.service()).isEqualTo("le CIO");
        assertThat(changed.hours().days()).containsExactlyInAnyOrder(DayOfWeek.MONDAY, DayOfWeek.SATURDAY);
        assertThat(changed.hours().spans())
                .containsExactly(new CallingHours.Span(LocalTime.of(9, 0), LocalTime.of(18, 30)));
        assertThat(changed.get(TextSetting.ANNOUNCE_BEFORE)).isEqualTo(6);
        assertThat(changed.get(TextSetting.PRICE)).isEqualTo(75);
        assertThat(changed.get(TextSetting.GAP))
                .isEqualTo(TextSetting.GAP.knob().usual());
    }

    @ParameterizedTest
    @CsvSource({
        "text-FALLBACK=Bonjour {nom} STOP, bad-text-FALLBACK, {nom}",
        "text-FALLBACK=à {heure} STOP, bad-text-FALLBACK, {heure}",
        "text-FALLBACK=Vous avez décroché du décrochage STOP, bad-text-FALLBACK, pourquoi",
        "text-FALLBACK=Bonjour, bad-text-FALLBACK, STOP",
        "text-FALLBACK=, bad-text-FALLBACK, Écrivez",
        "fallbackAfter=3 9, bad-fallbackAfter, entre 1 et 8",
        "fallbackAfter=trois, bad-fallbackAfter, entre 1 et 8",
        "fallbackAfter=, bad-fallbackAfter, entre 1 et 8",
        "GAP=0, bad-GAP, entre 1 et 336",
        "LINK=demain, bad-LINK, entre 1 et 90",
        "opens=06:00, bad-days, un jour",
        "service=, bad-service, qui écrit",
        "service={prenom}, bad-service, qui écrit",
        "service=le service du décrochage, bad-service, pourquoi"
    })
    void whatMakesNoSenseIsNamed(String field, String code, String words) {
        assertThat(catchThrowableOfType(Problem.class, () -> changed("on-FALLBACK=on", field)))
                .returns(400, Problem::status)
                .returns(code, Problem::code)
                .satisfies(problem -> assertThat(problem.detail()).contains(words));
    }

    @ParameterizedTest
    @CsvSource({
        "06:00, 20:00, MONDAY, bad-opens",
        "08:00, 22:30, MONDAY, bad-opens",
        "20:00, 08:00, MONDAY, bad-opens",
        "x, 20:00, MONDAY, bad-opens",
        "08:00, 20:00, SUNDAY, bad-days",
        "08:00, 20:00, LUNDI, bad-days"
    })
    void textsDoNotComeAtNightNorOnSundays(String opens, String closes, String day, String code) {
        assertThat(catchThrowableOfType(
                        Problem.class, () -> changed("opens=" + opens, "closes=" + closes, "days=" + day)))
                .returns(code, Problem::code);
    }

    @Test
    void aTextTooLongIsRefused() {
        assertThat(catchThrowableOfType(Problem.class, () -> changed("text-REMINDER=" + "x".repeat(601))))
                .returns("bad-text-REMINDER", Problem::code);
    }

    @Test
    void everyKindIsShownAsTheYouthWouldReadIt() {
        List<TextForm.Card> cards = FORM.cards();

        assertThat(cards).extracting(TextForm.Card::kind).isEqualTo(Arrays.asList(TextKind.values()));
        TextForm.Card fallback = cards.get(1);
        assertThat(fallback.on()).isTrue();
        assertThat(fallback.preview()).isEqualTo("Bonjour Lina, rappelez le 01 99 00 01 00");
        assertThat(fallback.length()).isEqualTo(TextLength.of(fallback.preview()));
        assertThat(fallback.cost()).isEqualTo("0,080");
        assertThat(cards.getFirst().on()).isFalse();
        assertThat(cards.getFirst().template()).as("to begin with").isEqualTo("Bonjour {prenom} : {lien}");
        assertThat(cards.getLast().fields()).contains("{date}", "{heure}");
    }
}
