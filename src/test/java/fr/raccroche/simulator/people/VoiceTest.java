package fr.raccroche.simulator.people;

import static fr.raccroche.simulator.people.TestingPeople.line;
import static fr.raccroche.simulator.people.TestingPeople.youth;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalTime;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class VoiceTest {

    /** A Friday; Lina, born 2 March 2009, is 17. */
    private static final Instant FRIDAY = Instant.parse("2026-11-27T10:00:00Z");

    private static final Instant WHEN_SHE_IS_EIGHTEEN = Instant.parse("2027-03-02T10:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "YOUTH, IN_SOLUTION, IN_SOLUTION",
        "YOUTH, WANTS_CIO, REFERRAL",
        "YOUTH, WANTS_MISSION_LOCALE, REFERRAL",
        "YOUTH, WANTS_NOTHING, NO_REFERRAL",
        "YOUTH, REFUSES, REFUSED",
        "YOUTH, OBJECTS, OBJECTED",
        "YOUTH, TOO_YOUNG, UNDER_16",
        "GUARDIAN, WANTS_CIO, REFERRAL",
        "GUARDIAN, REFUSES, THIRD_PARTY",
        "THIRD_PARTY, WANTS_CIO, THIRD_PARTY",
        "STRANGER, IN_SOLUTION, WRONG_NUMBER",
        "VOICEMAIL, OBJECTS, VOICEMAIL"
    })
    void theOutcomeFollowsFromWhoSpeaksAndWhatTheyWant(Speaker speaker, Stance stance, String outcome) {
        assertThat(voice(speaker, stance, FRIDAY).outcome().code()).isEqualTo(outcome);
    }

    @Test
    void aReferralNamesStructureAndWhoAgreed() {
        assertThat(voice(Speaker.YOUTH, Stance.WANTS_MISSION_LOCALE, FRIDAY)
                        .outcome()
                        .fields())
                .containsEntry("structureKind", "MISSION_LOCALE")
                .containsEntry("agreedBy", "YOUTH");
        assertThat(voice(Speaker.GUARDIAN, Stance.WANTS_CIO, FRIDAY).outcome().fields())
                .containsEntry("structureKind", "CIO")
                .containsEntry("agreedBy", "GUARDIAN");
    }

    @Test
    void aGuardianDoesNotSpeakForAnAdult() {
        assertThat(voice(Speaker.GUARDIAN, Stance.WANTS_CIO, WHEN_SHE_IS_EIGHTEEN)
                        .outcome()
                        .code())
                .isEqualTo("THIRD_PARTY");
    }

    @Test
    void someoneWithoutTimeAsksForAWorkingDayAndTalksTheSecondTime() {
        Persona busy = askingFor(LocalTime.of(18, 30));
        Outcome first = new Voice(busy, Speaker.YOUTH, false, FRIDAY).outcome();
        assertThat(first.fields()).containsEntry("outcome", "CALLBACK").containsEntry("callbackAt", "2026-11-30T18:30");
        assertThat(new Voice(busy, Speaker.YOUTH, true, FRIDAY).outcome().code())
                .isEqualTo("REFERRAL");
        assertThat(new Voice(busy, Speaker.YOUTH, false, FRIDAY).answer(Question.SITUATION))
                .contains("lundi vers 18 h 30");
    }

    @ParameterizedTest
    @EnumSource(Speaker.class)
    void everyoneHasAnAnswerToEveryQuestionAndNobodyUsesTheWord(Speaker speaker) {
        for (Stance stance : Stance.values()) {
            Voice voice = voice(speaker, stance, FRIDAY);
            assertThat(voice.greeting()).isNotBlank();
            for (Question question : Question.values()) {
                assertThat(voice.answer(question)).isNotBlank().doesNotContain("!");
                assertThat(voice.answer(question).toLowerCase(Locale.FRENCH)).doesNotContain("décroch");
            }
        }
    }

    private static Voice voice(Speaker speaker, Stance stance, Instant now) {
        return new Voice(youth("1", stance, line("+33639980001", Condition.WORKS)), speaker, false, now);
    }

    private static Persona askingFor(LocalTime hour) {
        Persona lina = youth("1", Stance.WANTS_CIO, line("+33639980001", Condition.WORKS));
        return new Persona(
                lina.identity(),
                lina.lines(),
                lina.stance(),
                lina.solution(),
                lina.talk(),
                Optional.of(hour),
                lina.texting());
    }
}
