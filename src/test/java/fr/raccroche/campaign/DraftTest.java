package fr.raccroche.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import fr.raccroche.platform.Problem;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What the creation form makes of what a supervisor typed. */
class DraftTest {

    private static final List<String> NUMBERS = List.of("+33199000100", "+33639989900");

    private static CreationForm form() {
        var form = new CreationForm();
        form.name = "  Rentrée 2026 ";
        form.list = 7L;
        form.startsOn = "2026-11-23";
        form.endsOn = "2027-01-29";
        form.maxAttempts = 8;
        form.callerNumber = "+33199000100";
        form.script = "Bonjour";
        form.smsText = "Bonjour, rappelez-nous";
        form.mode = "PREVIEW";
        form.days = List.of("MON", "TUESDAY");
        form.opens1 = "09:30";
        form.closes1 = "12:00";
        form.opens2 = "14:00";
        form.closes2 = "18:30";
        return form;
    }

    @Test
    void aCompleteFormIsACampaignInDraft() {
        Campaign draft = form().draft(NUMBERS);

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
        assertThat(form().draft(NUMBERS).smsSender()).isEqualTo("+33639989900");
        assertThat(form().draft(List.of("+33199000100")).smsSender()).isEqualTo("+33199000100");
    }

    @Test
    void tenAttemptsUnlessSaidOtherwise() {
        var form = form();
        form.maxAttempts = null;

        assertThat(form.draft(NUMBERS).maxAttempts()).isEqualTo(10);
    }

    @Test
    void theFirstAttemptIsInTheEveningUnlessSaidOtherwise() {
        assertThat(form().draft(NUMBERS).planSettings()).isEqualTo(PlanSettings.DEFAULT);
        var anyTime = form();
        anyTime.first = "ANY";
        assertThat(anyTime.draft(NUMBERS).planSettings().first()).isNull();
        var mornings = form();
        mornings.first = "MORNING";
        assertThat(mornings.draft(NUMBERS).planSettings().first()).isEqualTo(DayPart.MORNING);
    }

    static Stream<Arguments> wrongForms() {
        return Stream.of(
                wrong("bad-name", form -> form.name = null),
                wrong("bad-name", form -> form.name = "  "),
                wrong("bad-name", form -> form.name = "x".repeat(121)),
                wrong("bad-startsOn", form -> form.startsOn = null),
                wrong("bad-startsOn", form -> form.startsOn = "23/11/2026"),
                wrong("bad-endsOn", form -> form.endsOn = "2027-02-30"),
                wrong("bad-endsOn", form -> form.endsOn = "2026-11-22"),
                wrong("bad-maxAttempts", form -> form.maxAttempts = 0),
                wrong("bad-maxAttempts", form -> form.maxAttempts = 11),
                wrong("bad-callerNumber", form -> form.callerNumber = null),
                wrong("bad-callerNumber", form -> form.callerNumber = "+33899000000"),
                wrong("bad-mode", form -> form.mode = "PREDICTIVE"),
                wrong("bad-mode", form -> form.mode = null),
                wrong("bad-days", form -> form.days = null),
                wrong("bad-days", form -> form.days = List.of()),
                wrong("bad-days", form -> form.days = List.of("LUNDI")),
                wrong("bad-hours", form -> form.opens1 = null),
                wrong("bad-hours", form -> form.opens1 = "25:00"),
                wrong("bad-hours", form -> form.closes1 = "09:30"),
                wrong("bad-hours", form -> form.closes1 = "14:30"),
                wrong("bad-hours", form -> form.closes2 = "13:00"),
                wrong("bad-hours", form -> form.opens1 = "07:30"),
                wrong("bad-hours", form -> form.closes2 = "21:30"),
                wrong("bad-hours", form -> form.closes1 = "09:50"),
                wrong("bad-first", form -> form.first = "NIGHT"),
                wrong("bad-script", form -> form.script = ""),
                wrong("bad-smsText", form -> form.smsText = null),
                wrong("bad-smsText", form -> form.smsText = "x".repeat(601)));
    }

    private static Arguments wrong(String code, Consumer<CreationForm> change) {
        return Arguments.of(code, change);
    }

    @ParameterizedTest
    @MethodSource("wrongForms")
    void aFieldThatMakesNoSenseIsNamed(String code, Consumer<CreationForm> change) {
        var form = form();
        change.accept(form);

        assertThat(catchThrowableOfType(Problem.class, () -> form.draft(NUMBERS)))
                .returns(400, Problem::status)
                .returns(code, Problem::code);
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
