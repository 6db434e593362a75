package fr.raccroche.handoff;

import static fr.raccroche.Blocking.answer;
import static fr.raccroche.directory.StructureKind.CIO;
import static fr.raccroche.directory.StructureKind.MISSION_LOCALE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import fr.raccroche.ApplicationTest;
import fr.raccroche.TestingQueue;
import fr.raccroche.campaign.AttemptResult;
import fr.raccroche.desk.Outcome;
import fr.raccroche.desk.Recorded;
import fr.raccroche.platform.Database;
import fr.raccroche.youth.AgreedBy;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@ApplicationTest
class ReferralsTest {

    private static final Instant MONDAY = Instant.parse("2026-11-09T16:00:00Z");
    private static final Instant TUESDAY = Instant.parse("2026-11-10T16:00:00Z");

    @Inject
    Database database;

    @Inject
    Referrals referrals;

    @Inject
    ObjectMapper json;

    private TestingQueue campaign;

    @BeforeEach
    void campaign() {
        campaign = new TestingQueue(database, MONDAY);
    }

    @Test
    void anAgreementGoesToTheStructureOfTheYouthsCommuneAndIsDueFifteenDaysLater() {
        long cio = campaign.structure(CIO);
        long youth = campaign.youth("REFERRED", campaign.commune(cio, campaign.structure(MISSION_LOCALE)));

        send(TestingAgreement.of(campaign, youth, 1, CIO, MONDAY));

        assertThat(handoffs(youth))
                .containsExactly(new Row("CIO", cio, "YOUTH_COMMUNE", LocalDate.of(2026, 11, 24), "TO_CALL"));
        assertThat(events(youth)).isEqualTo(1);
    }

    @Test
    void theGuardiansCommuneDecidesWhenTheYouthsIsServedByNobody() {
        long cio = campaign.structure(CIO);
        long youth = campaign.youth("REFERRED", campaign.commune());
        campaign.guardian(youth, 2, campaign.commune(cio));

        send(TestingAgreement.of(campaign, youth, 1, CIO, MONDAY));

        assertThat(handoffs(youth)).extracting(Row::routedBy).containsExactly("GUARDIAN_COMMUNE");
    }

    @Test
    void withoutAnyCommuneASupervisorChooses() {
        long youth = campaign.youth("REFERRED");

        send(TestingAgreement.of(campaign, youth, 1, CIO, MONDAY));

        assertThat(handoffs(youth)).extracting(Row::routedBy).containsExactly("QUEUE");
    }

    @Test
    void aMissionLocaleIsFoundThroughTheCommuneItselfAndItsSuccessorReceives() {
        long old = campaign.structure(MISSION_LOCALE);
        long successor = campaign.structure(MISSION_LOCALE);
        campaign.run(
                "update structure set successor_id = :successor where id = :old",
                Map.of("successor", successor, "old", old));
        String commune = campaign.commune();
        campaign.run(
                "update commune set mission_locale_id = :old where insee = :commune",
                Map.of("old", old, "commune", commune));
        long youth = campaign.youth("REFERRED", commune);

        send(TestingAgreement.of(campaign, youth, 1, MISSION_LOCALE, MONDAY));

        assertThat(handoffs(youth)).extracting(Row::structure).containsExactly(successor);
    }

    @Test
    void theSameEventTwiceIsOneHandoffAndOneLine() {
        long youth = campaign.youth("REFERRED", campaign.commune(campaign.structure(CIO)));
        var agreement = TestingAgreement.of(campaign, youth, 1, CIO, MONDAY);

        send(agreement);
        send(agreement);

        assertThat(handoffs(youth)).hasSize(1);
        assertThat(events(youth)).isEqualTo(1);
    }

    @Test
    void aSecondAgreementAddsALineToTheOpenHandoff() {
        long youth = campaign.youth("REFERRED", campaign.commune(campaign.structure(CIO)));
        var first = TestingAgreement.of(campaign, youth, 1, CIO, MONDAY);
        var second = TestingAgreement.of(campaign, youth, 2, CIO, TUESDAY);

        List.of(first, second, second, first).forEach(this::send);

        assertThat(handoffs(youth)).extracting(Row::dueOn).containsExactly(LocalDate.of(2026, 11, 24));
        assertThat(events(youth)).isEqualTo(2);
    }

    @Test
    void inTheWrongOrderTheDeadlineStillRunsFromTheFirstAgreement() {
        long youth = campaign.youth("REFERRED", campaign.commune(campaign.structure(CIO)));
        var first = TestingAgreement.of(campaign, youth, 1, CIO, MONDAY);
        var second = TestingAgreement.of(campaign, youth, 2, CIO, TUESDAY);

        send(second);
        send(first);

        assertThat(handoffs(youth)).extracting(Row::dueOn).containsExactly(LocalDate.of(2026, 11, 24));
        assertThat(events(youth)).isEqualTo(2);
    }

    /** Contact was made, the youth rings back two weeks later and agrees again: the structure has a call to make. */
    @Test
    void anAgreementGivenAgainAfterAContactIsANewWishWithItsOwnDate() {
        long youth = campaign.youth("REFERRED", campaign.commune(campaign.structure(CIO)));
        var first = TestingAgreement.of(campaign, youth, 1, CIO, MONDAY);
        send(first);
        contacted(youth, TUESDAY);
        var again = TestingAgreement.of(campaign, youth, 2, CIO, MONDAY.plus(Duration.ofDays(14)));

        List.of(again, first, again).forEach(this::send);

        assertThat(handoffs(youth))
                .extracting(Row::state, Row::dueOn)
                .containsExactly(tuple("TO_CALL", LocalDate.of(2026, 12, 8)));
        assertThat(events(youth)).isEqualTo(2);
    }

    /** An event that is delivered late tells of an agreement on which the structure has acted already. */
    @Test
    void anAgreementFromBeforeTheContactOpensNothingAgain() {
        long youth = campaign.youth("REFERRED", campaign.commune(campaign.structure(CIO)));
        send(TestingAgreement.of(campaign, youth, 1, CIO, MONDAY));
        contacted(youth, TUESDAY);

        send(TestingAgreement.of(campaign, youth, 2, CIO, MONDAY.plusSeconds(60)));

        assertThat(handoffs(youth)).extracting(Row::state).containsExactly("CONTACTED");
    }

    private void contacted(long youth, Instant at) {
        campaign.run(
                "update handoff set state = 'CONTACTED', first_contact_at = :at where youth_id = :youth",
                Map.of("at", at, "youth", youth));
        campaign.run("""
                insert into handoff_event (handoff_id, at, kind)
                select id, :at, 'CONTACTED' from handoff where youth_id = :youth""", Map.of("at", at, "youth", youth));
    }

    @Test
    void anEventThatComesAgainAfterTheEndOpensNothing() {
        long youth = campaign.youth("REFERRED", campaign.commune(campaign.structure(CIO)));
        var agreement = TestingAgreement.of(campaign, youth, 1, CIO, MONDAY);
        send(agreement);
        campaign.run(
                "update handoff set state = 'CLOSED', result = 'OTHER', closed_at = :at where youth_id = :youth",
                Map.of("at", TUESDAY, "youth", youth));

        send(agreement);

        assertThat(handoffs(youth)).extracting(Row::state).containsExactly("CLOSED");
        assertThat(events(youth)).isEqualTo(1);
    }

    @Test
    void aYouthMayGoToACioAndToAMissionLocale() {
        long youth = campaign.youth(
                "REFERRED", campaign.commune(campaign.structure(CIO), campaign.structure(MISSION_LOCALE)));

        send(TestingAgreement.of(campaign, youth, 1, CIO, MONDAY));
        send(TestingAgreement.of(campaign, youth, 2, MISSION_LOCALE, MONDAY));

        assertThat(handoffs(youth)).extracting(Row::kind).containsExactly("CIO", "MISSION_LOCALE");
    }

    @Test
    void manyEventsAtOnceLeaveOneOpenHandoff() {
        long youth = campaign.youth("REFERRED", campaign.commune(campaign.structure(CIO)));
        var agreements = IntStream.rangeClosed(1, 6)
                .mapToObj(n -> TestingAgreement.of(campaign, youth, n, CIO, MONDAY.plusSeconds(60L * n)))
                .toList();

        answer(Uni.join()
                .all(IntStream.range(0, 18)
                        .mapToObj(i -> referrals.on(write(agreements.get(i * 5 % 6))))
                        .toList())
                .andFailFast());

        assertThat(handoffs(youth)).hasSize(1);
        assertThat(events(youth)).isEqualTo(6);
    }

    @Test
    void otherOutcomesAreNotForStructures() {
        long youth = campaign.youth("IN_SOLUTION");
        long outcome = campaign.outcome(youth, campaign.attempt(youth, 1, MONDAY), "IN_SOLUTION", MONDAY);

        send(new OutcomeRecorded(outcome, campaign.id(), youth, AttemptResult.IN_SOLUTION, null, null, MONDAY, null));

        assertThat(handoffs(youth)).isEmpty();
    }

    /** The desk writes the event, this package reads it, and neither knows the other's record. */
    @ParameterizedTest
    @EnumSource
    void whatTheDeskWritesIsReadWithNothingLost(Outcome kind) throws JsonProcessingException {
        var written = new Recorded(5, 6, 7, kind, MISSION_LOCALE, AgreedBy.GUARDIAN, TUESDAY, "après 17 h");

        OutcomeRecorded read = json.readerFor(OutcomeRecorded.class)
                .with(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .readValue(json.writeValueAsString(written));

        assertThat(read)
                .isEqualTo(new OutcomeRecorded(
                        5, 6, 7, kind.result(), MISSION_LOCALE, AgreedBy.GUARDIAN, TUESDAY, "après 17 h"));
    }

    private record Row(String kind, Long structure, String routedBy, LocalDate dueOn, String state) {}

    private void send(OutcomeRecorded event) {
        answer(referrals.on(write(event)));
    }

    private String write(OutcomeRecorded event) {
        try {
            return json.writeValueAsString(event);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<Row> handoffs(long youth) {
        return answer(database.inTransaction(sql -> sql.query("""
                        select kind, coalesce(structure_id, 0) as structure, routed_by, due_on, state from handoff
                        where youth_id = :youth order by kind""")
                .set("youth", youth)
                .list(row -> new Row(
                        row.text("kind"),
                        row.id("structure"),
                        row.text("routed_by"),
                        row.date("due_on"),
                        row.text("state")))));
    }

    private long events(long youth) {
        return campaign.ask("""
                select count(*) as n from handoff_event e join handoff h on h.id = e.handoff_id
                where h.youth_id = :youth and e.kind = 'SENT'""", Map.of("youth", youth), row -> row.id("n"));
    }
}
