package fr.raccroche.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import fr.raccroche.platform.Problem;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What the creation form makes of what a supervisor typed. */
class DraftTest {

    private static final List<String> NUMBERS = List.of("+33199000100", "+33639989900");

    private static Map<String, List<String>> form() {
        var form = new HashMap<String, List<String>>();
        form.put("name", List.of("  Rentrée 2026 "));
        form.put("list", List.of("7"));
        form.put("startsOn", List.of("2026-11-23"));
        form.put("endsOn", List.of("2027-01-29"));
        form.put("maxAttempts", List.of("8"));
        form.put("callerNumber", List.of("+33199000100"));
        form.put("script", List.of("Bonjour"));
        form.put("smsText", List.of("Bonjour, rappelez-nous. STOP pour refuser."));
        form.put("mode", List.of("PREVIEW"));
        form.put("days", List.of("MON", "TUESDAY"));
        form.put("opens1", List.of("09:30"));
        form.put("closes1", List.of("12:00"));
        form.put("opens2", List.of("14:00"));
        form.put("closes2", List.of("18:30"));
        return form;
    }

    private static Map<String, List<String>> with(String field, String... values) {
        Map<String, List<String>> form = form();
        form.put(field, List.of(values));
        return form;
    }

    private static Campaign draft(Map<String, List<String>> form) {
        return new CampaignForm(fields(form)).draft(NUMBERS);
    }

    private static MultivaluedMap<String, String> fields(Map<String, List<String>> form) {
        var fields = new MultivaluedHashMap<String, String>();
        fields.putAll(form);
        return fields;
    }

    @Test
    void aCompleteFormIsACampaignInDraft() {
        Campaign draft = draft(form());

        assertThat(draft)
                .returns("Rentrée 2026", Campaign::name)
                .returns(7L, Campaign::listId)
                .returns(Campaign.State.DRAFT, Campaign::state)
                .returns(Campaign.Mode.PREVIEW, Campaign::mode)
                .returns(LocalDate.of(2026, 11, 23), Campaign::startsOn)
                .returns(LocalDate.of(2027, 1, 29), Campaign::endsOn)
                .returns(8, Campaign::maxAttempts);
        assertThat(draft.hours().days()).containsExactlyInAnyOrder(DayOfWeek.MONDAY, DayOfWeek.TUESDAY);
        assertThat(draft.hours().spans().getFirst().opens()).isEqualTo(LocalTime.of(9, 30));
    }

    @Test
    void textsLeaveFromAMobileNumberOfTheAccount() {
        assertThat(draft(form()).smsSender()).isEqualTo("+33639989900");
        assertThat(new CampaignForm(fields(form()))
                        .draft(List.of("+33199000100"))
                        .smsSender())
                .isEqualTo("+33199000100");
    }

    @Test
    void tenAttemptsUnlessSaidOtherwise() {
        Map<String, List<String>> form = form();
        form.remove("maxAttempts");

        assertThat(draft(form).maxAttempts()).isEqualTo(10);
    }

    @Test
    void theFirstAttemptIsInTheEveningUnlessSaidOtherwise() {
        assertThat(draft(form()).planSettings()).isEqualTo(PlanSettings.DEFAULT);
        assertThat(draft(with("first", "ANY")).planSettings().first()).isNull();
        assertThat(draft(with("first", "MORNING")).planSettings().first()).isEqualTo(DayPart.MORNING);
    }

    static Stream<Arguments> wrongForms() {
        return Stream.of(
                wrong("bad-name", "name"),
                wrong("bad-name", "name", "  "),
                wrong("bad-name", "name", "x".repeat(121)),
                wrong("bad-startsOn", "startsOn"),
                wrong("bad-startsOn", "startsOn", "23/11/2026"),
                wrong("bad-endsOn", "endsOn", "2027-02-30"),
                wrong("bad-endsOn", "endsOn", "2026-11-22"),
                wrong("bad-maxAttempts", "maxAttempts", "0"),
                wrong("bad-maxAttempts", "maxAttempts", "11"),
                wrong("bad-callerNumber", "callerNumber"),
                wrong("bad-callerNumber", "callerNumber", "+33899000000"),
                wrong("bad-mode", "mode", "PREDICTIVE"),
                wrong("bad-mode", "mode"),
                wrong("bad-days", "days"),
                wrong("bad-days", "days"),
                wrong("bad-days", "days", "LUNDI"),
                wrong("bad-hours", "opens1"),
                wrong("bad-hours", "opens1", "25:00"),
                wrong("bad-hours", "closes1", "09:30"),
                wrong("bad-hours", "closes1", "14:30"),
                wrong("bad-hours", "closes2", "13:00"),
                wrong("bad-hours", "opens1", "07:30"),
                wrong("bad-hours", "closes2", "21:30"),
                wrong("bad-hours", "closes1", "09:50"),
                wrong("bad-first", "first", "NIGHT"),
                wrong("bad-script", "script", ""),
                wrong("bad-smsText", "smsText"),
                wrong("bad-smsText", "smsText", "Vous êtes décrocheur. STOP"),
                wrong("bad-smsText", "smsText", "Bonjour, rappelez-nous"),
                wrong("bad-smsText", "smsText", "Bonjour {nom}, STOP"),
                wrong("bad-script", "script", "Vous êtes en décrochage"),
                wrong("bad-name", "name", "Décrocheurs 2026"),
                wrong("bad-list", "list", "sept"),
                wrong("bad-smsText", "smsText", "x".repeat(601)));
    }

    private static Arguments wrong(String code, String field, String... values) {
        return Arguments.of(code, with(field, values));
    }

    @ParameterizedTest
    @MethodSource("wrongForms")
    void aFieldThatMakesNoSenseIsNamed(String code, Map<String, List<String>> form) {
        assertThat(catchThrowableOfType(Problem.class, () -> draft(form)))
                .returns(400, Problem::status)
                .returns(code, Problem::code);
    }

    @Test
    void everyMistakeIsNamedAtOnce() {
        Map<String, List<String>> form = with("smsText", "Décrocheur");
        form.put("name", List.of(""));
        form.put("days", List.of());
        form.put("endsOn", List.of("2026-01-01"));

        assertThat(catchThrowableOfType(Problem.class, () -> draft(form)).mistakes())
                .containsOnlyKeys("name", "days", "endsOn", "smsText");
    }

    @ParameterizedTest
    @CsvSource({
        "DRAFT, RUNNING, true",
        "DRAFT, PAUSED, false",
        "DRAFT, CLOSED, true",
        "RUNNING, PAUSED, true",
        "RUNNING, CLOSED, true",
        "RUNNING, DRAFT, false",
        "PAUSED, RUNNING, true",
        "PAUSED, CLOSED, true",
        "CLOSED, RUNNING, false",
        "CLOSED, PAUSED, false"
    })
    void aClosedCampaignStaysClosed(Campaign.State from, Campaign.State to, boolean allowed) {
        assertThat(from.allows(to)).isEqualTo(allowed);
    }
}
