package fr.raccroche.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import fr.raccroche.platform.FrenchCalendar;
import fr.raccroche.platform.Problem;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the plan's form makes of what a supervisor typed. */
class PlanFormTest {

    private static final Campaign CAMPAIGN = new Campaign(
            7,
            "Essai",
            1,
            Campaign.State.DRAFT,
            Campaign.Mode.PROGRESSIVE,
            LocalDate.of(2026, 11, 23),
            LocalDate.of(2026, 12, 18),
            new AttemptPlan(CallingHours.DEFAULT, 10, PlanSettings.DEFAULT),
            "+33199000100",
            "+33639989900",
            "Bonjour",
            TextSettings.fallback("Bonjour"),
            ModeSettings.DEFAULT);

    private static Campaign changed(Map<String, String> fields) {
        MultivaluedMap<String, String> form = new MultivaluedHashMap<>();
        fields.forEach(form::add);
        return PlanForm.of(CAMPAIGN).changed(form);
    }

    @Test
    void anEmptyFormChangesNothing() {
        assertThat(changed(Map.of())).isEqualTo(CAMPAIGN);
    }

    @Test
    void eachFieldChangesItsSetting() {
        Campaign changed = changed(Map.of(
                "AFTER_NO_ANSWER", " 31 ",
                "PER_MONTH", "4",
                "WEIGHT_MORNING", "0",
                "WEIGHT_EVENING", "3",
                "afternoonFrom", "12:30",
                "eveningFrom", "16:30",
                "first", "ANY",
                "maxAttempts", "6",
                "blockedDays", "24/12/2026\n2026-12-31\r\n 4/12/2026 "));

        assertThat(changed.planSettings())
                .returns(31, settings -> settings.get(PlanSetting.AFTER_NO_ANSWER))
                .returns(4, settings -> settings.get(PlanSetting.PER_MONTH))
                .returns(0, settings -> settings.get(PlanSetting.WEIGHT_MORNING))
                .returns(27, settings -> settings.get(PlanSetting.AFTER_LOST))
                .returns(LocalTime.of(12, 30), PlanSettings::afternoonFrom)
                .returns(null, PlanSettings::first);
        assertThat(changed.maxAttempts()).isEqualTo(6);
        assertThat(changed.hours().blocked())
                .containsExactlyInAnyOrder(
                        LocalDate.of(2026, 12, 4), LocalDate.of(2026, 12, 24), LocalDate.of(2026, 12, 31));
        assertThat(new PlanForm(changed).blockedDays()).isEqualTo("04/12/2026\n24/12/2026\n31/12/2026");
    }

    @ParameterizedTest
    @CsvSource({
        "maxAttempts, 11",
        "maxAttempts, 0",
        "PER_YEAR, 31",
        "PER_DAY, ''",
        "SPAN, -1",
        "SPAN, trois semaines",
        "EXPLORATION, 51",
        "afternoonFrom, 10:30",
        "afternoonFrom, midi",
        "eveningFrom, 20:30",
        "eveningFrom, 13:30",
        "first, NIGHT",
        "blockedDays, 31/02/2027",
        "blockedDays, demain"
    })
    void aFieldThatMakesNoSenseIsNamed(String field, String value) {
        assertThat(catchThrowableOfType(Problem.class, () -> changed(Map.of(field, value))))
                .returns(400, Problem::status)
                .returns("bad-" + field, Problem::code);
    }

    @Test
    void settingsThatContradictEachOtherAreRefused() {
        assertThat(code(Map.of("WEIGHT_EVENING", "7"))).isEqualTo("bad-weights");
        assertThat(code(Map.of("WEIGHT_MORNING", "0", "WEIGHT_AFTERNOON", "0", "WEIGHT_EVENING", "0")))
                .isEqualTo("bad-weights");
        assertThat(code(Map.of("PER_DAY", "3"))).isEqualTo("bad-PER_DAY_AFTER_BUSY");
        String all = String.join(
                "\n",
                CAMPAIGN.startsOn()
                        .datesUntil(CAMPAIGN.endsOn().plusDays(1))
                        .map(LocalDate::toString)
                        .toList());
        assertThat(code(Map.of("blockedDays", all))).isEqualTo("bad-blockedDays");
        assertThat(code(Map.of("blockedDays", "2026-12-24\n".repeat(101)))).isEqualTo("bad-blockedDays");
    }

    @Test
    void oneMomentAloneNeedsNoRotation() {
        assertThat(changed(Map.of("WEIGHT_MORNING", "0", "WEIGHT_AFTERNOON", "0"))
                        .plan()
                        .parts())
                .containsExactly(DayPart.EVENING);
    }

    private static String code(Map<String, String> fields) {
        return catchThrowableOfType(Problem.class, () -> changed(fields)).code();
    }

    @Test
    void everySettingIsInTheForm() {
        assertThat(PlanForm.of(CAMPAIGN).groups().stream().flatMap(group -> group.settings().stream()))
                .containsExactlyInAnyOrder(PlanSetting.values());
    }

    @Test
    void thePictureShowsEveryAttemptAndWhatComesTooLate() {
        var picture = PlanPicture.of(
                CAMPAIGN.with(new AttemptPlan(
                        new CallingHours(
                                CAMPAIGN.hours().days(), CAMPAIGN.hours().spans(), Set.of(LocalDate.of(2026, 11, 26))),
                        10,
                        PlanSettings.DEFAULT.with(PlanSetting.SPAN, 28))),
                LocalDate.of(2026, 11, 1).atStartOfDay(FrenchCalendar.PARIS).toInstant());

        List<PlanPicture.Day> days =
                picture.weeks().stream().flatMap(week -> week.days().stream()).toList();
        assertThat(picture.tries()).hasSize(10);
        assertThat(days.stream().flatMap(day -> day.tries().stream())).containsExactlyElementsOf(picture.tries());
        assertThat(picture.firstDay()).isEqualTo(LocalDate.of(2026, 11, 23));
        assertThat(picture.days()).isGreaterThanOrEqualTo(28);
        assertThat(picture.late()).isEqualTo(1);
        assertThat(picture.weekdays()).containsExactly("lundi", "mardi", "mercredi", "jeudi", "vendredi");
        assertThat(days.stream().filter(day -> day.kind() == PlanPicture.Kind.BLOCKED))
                .extracting(PlanPicture.Day::date)
                .containsExactly(LocalDate.of(2026, 11, 26));
        assertThat(days.stream()
                        .filter(day -> day.kind() != PlanPicture.Kind.OPEN
                                && !day.tries().isEmpty()))
                .allMatch(day -> day.tries().stream().allMatch(PlanPicture.Try::late));
        assertThat(Arrays.stream(DayPart.values()).mapToLong(picture::in).sum()).isEqualTo(10);
    }
}
