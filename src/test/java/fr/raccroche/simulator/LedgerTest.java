package fr.raccroche.simulator;

import static fr.raccroche.simulator.people.TestingPeople.line;
import static fr.raccroche.simulator.people.TestingPeople.youth;
import static org.assertj.core.api.Assertions.assertThat;

import fr.raccroche.simulator.people.Condition;
import fr.raccroche.simulator.people.LegalHours;
import fr.raccroche.simulator.people.Line;
import fr.raccroche.simulator.people.Persona;
import fr.raccroche.simulator.people.Stance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LedgerTest {

    private static final Line ALONE = line("+33639980001", Condition.WORKS);
    private static final Line ALONE_AT_HOME = line("+33199000001", Condition.WORKS);
    private static final Line SIBLINGS = line("+33639980002", Condition.WORKS);
    private static final Line YOUNGER = line("+33639980003", Condition.WORKS);

    private static final List<Persona> PEOPLE = List.of(
            youth("alone", Stance.IN_SOLUTION, ALONE, ALONE_AT_HOME),
            youth("elder", Stance.IN_SOLUTION, SIBLINGS),
            youth("younger", Stance.IN_SOLUTION, SIBLINGS, YOUNGER));

    private final Ledger ledger = Ledger.inMemory(PEOPLE);
    private int calls;

    @Test
    void anOrderlyRunShowsNoFault() {
        ring(ALONE, "11:00:00", "11:05:00");
        ring(ALONE_AT_HOME, "11:05:00", "11:06:00");
        ledger.objectionAcknowledged("alone", at("11:07:00"));
        ledger.agreementAcknowledged("elder", "CIO", at("11:08:00"));
        ledger.compareHandoffs(Set.of("elder"));
        assertThat(ledger.figures()).isEqualTo(new Figures(2, 2, 0, 0, 0, 0, 0, 0, 0, 0, OptionalLong.of(0)));
    }

    /** Paris is at UTC+1 in November and UTC+2 in summer. */
    @ParameterizedTest
    @CsvSource({
        "2026-11-24T09:59:59, 1",
        "2026-11-24T10:00:00, 0",
        "2026-11-24T12:59:59, 0",
        "2026-11-24T13:00:00, 1",
        "2026-11-24T13:59:59, 1",
        "2026-11-24T14:00:00, 0",
        "2026-11-24T19:59:59, 0",
        "2026-11-24T20:00:00, 1",
        "2026-11-21T11:00:00, 1",
        "2026-11-22T11:00:00, 1",
        "2026-11-11T11:00:00, 1",
        "2027-05-06T11:00:00, 1",
        "2027-07-15T10:00:00, 0",
        "2027-07-14T10:00:00, 1"
    })
    void ringsOutsideTheLegalHoursAreCounted(LocalDateTime paris, int expected) {
        Instant start = paris.atZone(LegalHours.PARIS).toInstant();
        ledger.ringStarted("CA1", ALONE.number(), start);
        assertThat(ledger.figures().ringsOutsideHours()).isEqualTo(expected);
    }

    @Test
    void aRingThatBeginsBeforeAnotherOfTheSameNumberIsOverIsSimultaneous() {
        ring(ALONE, "11:00:00", "11:05:00");
        ring(ALONE, "11:04:59", "11:05:30");
        assertThat(ledger.figures().simultaneousRings()).isEqualTo(1);
    }

    @Test
    void twoPhonesOfOnePersonAtOnceAreSimultaneous() {
        ring(ALONE, "11:00:00", "11:05:00");
        ring(ALONE_AT_HOME, "11:01:00", "11:02:00");
        assertThat(ledger.figures().simultaneousRings()).isEqualTo(1);
    }

    @Test
    void anOverlapWithALongCallIsSeenAcrossAShortOne() {
        ring(ALONE, "11:00:00", "11:30:00");
        ring(ALONE_AT_HOME, "11:01:00", "11:02:00");
        ring(ALONE, "11:20:00", "11:21:00");
        assertThat(ledger.figures().simultaneousRings()).isEqualTo(2);
    }

    @Test
    void aCallThatNeverEndedOverlapsWhateverFollows() {
        ledger.ringStarted("CA1", ALONE.number(), at("11:00:00"));
        ring(ALONE, "15:00:00", "15:01:00");
        assertThat(ledger.figures().simultaneousRings()).isEqualTo(1);
    }

    @Test
    void siblingsCanBeCalledAtOnceOnTheirDifferentPhones() {
        ring(SIBLINGS, "11:00:00", "11:05:00");
        ring(YOUNGER, "11:01:00", "11:02:00");
        assertThat(ledger.figures().simultaneousRings()).isZero();
    }

    @Test
    void ringsAfterAnAcknowledgedObjectionAreCountedOnEveryNumber() {
        ring(ALONE, "11:00:00", "11:05:00");
        ledger.objectionAcknowledged("alone", at("11:05:00"));
        ring(ALONE, "15:00:00", "15:01:00");
        ring(ALONE_AT_HOME, "16:00:00", "16:01:00");
        assertThat(ledger.figures().ringsAfterObjection()).isEqualTo(2);
    }

    @Test
    void aSharedPhoneMayRingUntilEveryoneObjected() {
        ledger.objectionAcknowledged("elder", at("11:00:00"));
        ring(SIBLINGS, "11:30:00", "11:31:00");
        assertThat(ledger.figures().ringsAfterObjection()).isZero();
        ledger.objectionAcknowledged("younger", at("12:00:00"));
        ring(SIBLINGS, "12:30:00", "12:31:00");
        assertThat(ledger.figures().ringsAfterObjection()).isEqualTo(1);
    }

    @Test
    void aStopByTextFromASharedNumberStopsTheNumberOnly() {
        ledger.stopAcknowledged(SIBLINGS.number(), at("11:00:00"));
        assertThat(ledger.objections()).isEmpty();
        ring(YOUNGER, "11:30:00", "11:31:00");
        assertThat(ledger.figures().ringsOfRestingNumbers()).isZero();
        ring(SIBLINGS, "12:30:00", "12:31:00");
        assertThat(ledger.figures().ringsOfRestingNumbers()).isEqualTo(1);
    }

    @Test
    void aStopByTextFromTheirOwnNumberObjects() {
        ledger.stopAcknowledged(ALONE.number(), at("11:00:00"));
        assertThat(ledger.objections()).containsOnlyKeys("alone");
        ring(ALONE_AT_HOME, "11:30:00", "11:31:00");
        assertThat(ledger.figures().ringsAfterObjection()).isEqualTo(1);
        assertThat(ledger.figures().ringsAfterNo()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"REFUSED, 1", "IN_SOLUTION, 1", "NO_REFERRAL, 1", "REFERRAL, 1", "OBJECTED, 1", "THIRD_PARTY, 0"})
    void ringsAfterANoOfAnyKindAreCounted(String outcome, int expected) {
        ledger.outcomeAcknowledged("alone", outcome, at("11:00:00"));
        ring(ALONE, "15:00:00", "15:01:00");
        assertThat(ledger.figures().ringsAfterNo()).isEqualTo(expected);
    }

    @Test
    void afterANoOfOneTheFamilyHearsNothingForADay() {
        ledger.noOnThePhone(SIBLINGS.number(), at("11:00:00"));
        ring(SIBLINGS, "11:00:30", "11:01:00");
        assertThat(ledger.figures().ringsOfRestingNumbers()).isEqualTo(1);
        ledger.ringStarted("CA-later", SIBLINGS.number(), at("11:00:30").plusSeconds(24 * 3600));
        assertThat(ledger.figures().ringsOfRestingNumbers()).isEqualTo(1);
    }

    @Test
    void aCallBeforeTheHourThatWasNamedIsCountedUntilTheyAreSpokenTo() {
        ledger.hourNamed("alone", at("17:00:00"), at("11:00:00"));
        ring(ALONE, "15:00:00", "15:01:00");
        assertThat(ledger.figures().callsBeforeNamedHour()).isEqualTo(1);
        ledger.outcomeAcknowledged("alone", "INTERRUPTED", at("15:01:00"));
        ring(ALONE, "16:00:00", "16:01:00");
        ring(ALONE_AT_HOME, "17:00:00", "17:01:00");
        assertThat(ledger.figures().callsBeforeNamedHour()).isEqualTo(1);
    }

    @Test
    void theFirstAcknowledgementOfAnObjectionCounts() {
        ledger.objectionAcknowledged("alone", at("11:00:00"));
        ledger.objectionAcknowledged("alone", at("19:00:00"));
        ring(ALONE, "15:00:00", "15:01:00");
        assertThat(ledger.figures().ringsAfterObjection()).isEqualTo(1);
    }

    @Test
    void anAgreementWithoutHandoffIsCountedOnceForEachYouth() {
        ledger.agreementAcknowledged("alone", "CIO", at("11:00:00"));
        ledger.agreementAcknowledged("alone", "CIO", at("11:01:00"));
        ledger.agreementAcknowledged("elder", "MISSION_LOCALE", at("11:02:00"));
        assertThat(ledger.figures().agreementsWithoutHandoff()).isEmpty();
        ledger.compareHandoffs(Set.of("elder"));
        assertThat(ledger.figures().agreementsWithoutHandoff()).hasValue(1);
    }

    @Test
    void ringsOfNumbersNobodyOwnsAreShown() {
        ledger.ringStarted("CA1", "+33639989999", at("11:00:00"));
        assertThat(ledger.figures().ringsToStrangers()).isEqualTo(1);
        assertThat(ledger.figures().maxRingsPerYouth()).isZero();
    }

    @Test
    void aLedgerInAFileGoesOnAfterARestartEvenWithALineCutShort(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("ledger");
        try (Ledger first = Ledger.keptIn(file, PEOPLE)) {
            first.ringStarted("CA1", ALONE.number(), at("11:00:00"));
            first.ringAnswered("CA1", at("11:00:05"));
            first.ringEnded("CA1", at("11:01:00"));
            first.heard(ALONE.number(), "Bonjour", at("11:00:06"));
            first.objectionAcknowledged("alone", at("11:02:00"));
            first.agreementAcknowledged("elder", "CIO", at("11:03:00"));
        }
        Files.writeString(file, "[\"ring\",\"CA2", StandardOpenOption.APPEND);
        try (Ledger second = Ledger.keptIn(file, PEOPLE)) {
            assertThat(second.rings()).singleElement().satisfies(ring -> {
                assertThat(ring.answered()).hasValue(at("11:00:05"));
                assertThat(ring.end()).hasValue(at("11:01:00"));
            });
            assertThat(second.heard()).containsExactly(new HeardSentence(ALONE.number(), "Bonjour", at("11:00:06")));
            assertThat(second.objections()).containsOnlyKeys("alone");
            assertThat(second.agreements()).hasSize(1);
            second.ringStarted("CA3", ALONE.number(), at("12:00:00"));
        }
        try (Ledger third = Ledger.keptIn(file, PEOPLE)) {
            assertThat(third.figures().callsRung()).isEqualTo(2);
            assertThat(third.figures().ringsAfterObjection()).isEqualTo(1);
        }
    }

    @Test
    void aCallThatLastedWhenTheSimulatorStoppedIsOver(@TempDir Path folder) {
        Path file = folder.resolve("ledger");
        try (Ledger first = Ledger.keptIn(file, PEOPLE)) {
            first.ringStarted("CA1", ALONE.number(), at("11:00:00"));
            first.ringStarted("CA2", SIBLINGS.number(), at("11:02:00"));
        }
        try (Ledger second = Ledger.keptIn(file, PEOPLE)) {
            assertThat(second.rings().getFirst().end()).hasValue(at("11:02:00"));
            second.ringStarted("CA3", ALONE.number(), at("11:02:00"));
            assertThat(second.figures().simultaneousRings()).isZero();
        }
    }

    private void ring(Line line, String from, String to) {
        String sid = "CA" + calls++;
        ledger.ringStarted(sid, line.number(), at(from));
        ledger.ringEnded(sid, at(to));
    }

    private static Instant at(String time) {
        return LocalDateTime.parse("2026-11-24T" + time)
                .atZone(LegalHours.PARIS)
                .toInstant();
    }
}
