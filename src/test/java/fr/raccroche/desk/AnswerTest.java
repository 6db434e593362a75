package fr.raccroche.desk;

import static fr.raccroche.platform.FrenchCalendar.PARIS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import fr.raccroche.campaign.AttemptPlan;
import fr.raccroche.campaign.CallingHours;
import fr.raccroche.campaign.Campaign;
import fr.raccroche.campaign.ModeSettings;
import fr.raccroche.campaign.PlanSettings;
import fr.raccroche.campaign.TextSettings;
import fr.raccroche.directory.StructureKind;
import fr.raccroche.platform.Problem;
import fr.raccroche.youth.Age;
import fr.raccroche.youth.AgreedBy;
import fr.raccroche.youth.Solution;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class AnswerTest {

    private static final Instant NOW = paris("2026-11-24T10:00");
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

    /** Every field filled in, as a page would send that never clears one. */
    private static OutcomeForm everything(@Nullable String outcome) {
        return new OutcomeForm(
                1,
                "x",
                outcome,
                "TRAINING",
                "CIO",
                "GUARDIAN",
                "2026-11-26T18:30",
                "yes",
                "  préfère le soir ",
                "READY",
                null);
    }

    @Test
    void aSolutionKeepsOnlyItsSolution() {
        assertThat(Answer.of(everything("IN_SOLUTION")))
                .isEqualTo(
                        new Answer(Outcome.IN_SOLUTION, Solution.TRAINING, null, null, null, false, "préfère le soir"));
    }

    @Test
    void aReferralKeepsStructureAndAgreement() {
        assertThat(Answer.of(everything("REFERRAL")))
                .isEqualTo(new Answer(
                        Outcome.REFERRAL, null, StructureKind.CIO, AgreedBy.GUARDIAN, null, false, "préfère le soir"));
    }

    @Test
    void aCallbackIsAtALocalTimeInParis() {
        assertThat(Answer.of(everything("CALLBACK")))
                .isEqualTo(new Answer(
                        Outcome.CALLBACK,
                        null,
                        null,
                        null,
                        Instant.parse("2026-11-26T17:30:00Z"),
                        true,
                        "préfère le soir"));
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"IN_SOLUTION", "REFERRAL", "CALLBACK"})
    void otherOutcomesKeepOnlyTheNote(Outcome outcome) {
        assertThat(Answer.of(everything(outcome.name())))
                .isEqualTo(new Answer(outcome, null, null, null, null, false, "préfère le soir"));
    }

    @ParameterizedTest
    @CsvSource({
        ", SCHOOL, CIO, YOUTH, 2026-11-26T18:30, bad-outcome",
        "REFERED, SCHOOL, CIO, YOUTH, 2026-11-26T18:30, bad-outcome",
        "IN_SOLUTION, , CIO, YOUTH, 2026-11-26T18:30, bad-solution",
        "IN_SOLUTION, HOLIDAY, CIO, YOUTH, 2026-11-26T18:30, bad-solution",
        "REFERRAL, SCHOOL, , YOUTH, 2026-11-26T18:30, bad-structureKind",
        "REFERRAL, SCHOOL, PRIJ, YOUTH, 2026-11-26T18:30, bad-structureKind",
        "REFERRAL, SCHOOL, CIO, , 2026-11-26T18:30, bad-agreedBy",
        "REFERRAL, SCHOOL, CIO, BROTHER, 2026-11-26T18:30, bad-agreedBy",
        "CALLBACK, SCHOOL, CIO, YOUTH, , bad-callbackAt",
        "CALLBACK, SCHOOL, CIO, YOUTH, demain, bad-callbackAt"
    })
    void aMissingOrForeignValueIsNamed(
            @Nullable String outcome,
            @Nullable String solution,
            @Nullable String structureKind,
            @Nullable String agreedBy,
            @Nullable String callbackAt,
            String code) {
        var form =
                new OutcomeForm(1, "x", outcome, solution, structureKind, agreedBy, callbackAt, null, null, null, null);

        assertThat(catchThrowableOfType(Problem.class, () -> Answer.of(form)))
                .returns(400, Problem::status)
                .returns(code, Problem::code);
    }

    @Test
    void aNoteHasAnEnd() {
        var longest = new OutcomeForm(1, "x", "REFUSED", null, null, null, null, null, "x".repeat(1000), null, null);
        var longer = new OutcomeForm(1, "x", "REFUSED", null, null, null, null, null, "x".repeat(1001), null, null);
        var blank = new OutcomeForm(1, "x", "REFUSED", null, null, null, null, null, "  ", null, null);

        assertThat(Answer.of(longest).note()).hasSize(1000);
        assertThat(Answer.of(blank).note()).isNull();
        assertThat(catchThrowableOfType(Problem.class, () -> Answer.of(longer))).returns("bad-note", Problem::code);
    }

    @ParameterizedTest
    @CsvSource({"16, GUARDIAN, ", "17, GUARDIAN, ", "18, GUARDIAN, guardian-of-adult", "18, YOUTH, ", "16, YOUTH, "})
    void aGuardianAgreesForAMinorOnly(int age, AgreedBy agreedBy, @Nullable String code) {
        var answer = new Answer(Outcome.REFERRAL, null, StructureKind.CIO, agreedBy, null, false, null);

        assertThat(code(answer.problem(CAMPAIGN, new Age(age), NOW))).isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-24T10:01, ",
        "2026-11-24T10:00, callback-in-the-past",
        "2026-11-23T18:30, callback-in-the-past",
        "2026-11-24T13:30, callback-outside-hours",
        "2026-11-24T19:54, ",
        "2026-11-24T19:56, callback-outside-hours",
        "2026-11-28T11:00, callback-outside-hours",
        "2026-12-04T18:30, ",
        "2026-12-07T11:00, callback-outside-hours"
    })
    void aCallbackIsPromisedOnlyWhenItCanBeKept(String callbackAt, @Nullable String code) {
        var answer = new Answer(Outcome.CALLBACK, null, null, null, paris(callbackAt), false, null);

        assertThat(code(answer.problem(CAMPAIGN, new Age(17), NOW))).isEqualTo(code);
    }

    private static @Nullable String code(@Nullable Problem problem) {
        return problem == null ? null : problem.code();
    }

    @ParameterizedTest
    @EnumSource
    void everyOutcomeIsAResultOfTheAttempt(Outcome outcome) {
        assertThat(outcome.result().name()).isEqualTo(outcome.name());
    }
}
