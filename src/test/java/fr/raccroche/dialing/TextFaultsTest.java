package fr.raccroche.dialing;

import static fr.raccroche.Blocking.answer;
import static fr.raccroche.TestingFloor.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import fr.raccroche.ApplicationTest;
import fr.raccroche.TestingFloor;
import fr.raccroche.TestingLog;
import fr.raccroche.TestingMorning;
import fr.raccroche.TestingQueue;
import fr.raccroche.TestingWebhook;
import fr.raccroche.platform.Database;
import fr.raccroche.platform.Tokens;
import fr.raccroche.simulator.people.Scenario;
import fr.raccroche.youth.TelephoneState;
import fr.raccroche.youth.Telephones;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Faults of texts: a STOP that overtakes our own news, and numbers that are nobody's or shared. F30, F31. */
@ApplicationTest
class TextFaultsTest {

    private static final String TEXTING = "+33639989900";

    @Inject
    Tokens tokens;

    @Inject
    Sweeper sweeper;

    @Inject
    TestingRounds rounds;

    @Inject
    TestingFloor floor;

    @Inject
    Database database;

    private TestingQueue campaign;
    private TestingYouth youth;

    @BeforeEach
    void youthToCall() {
        rounds.awaitTwilio();
        floor.open(floor.next(TestingMorning.BEGINS), TestingYouth.SPEED);
        campaign = campaign();
        youth = new TestingYouth(floor, campaign);
    }

    @AfterEach
    void goodLine() {
        floor.close();
    }

    private TestingQueue campaign() {
        var made = floor.campaign(floor.clock().instant());
        made.run(
                "update campaign set sms_sender = :texting where id = :id",
                Map.of("texting", TEXTING, "id", made.id()));
        return made;
    }

    /** Whatever let the word in: a row of before, a first name in a list. */
    @Test
    void aTextThatSaysWhyWeCallIsNotSentAtTheLastMoment() {
        TestingLog.expects("says why we call");
        long waiting = text(campaign, "TO_SEND");
        campaign.run(
                "update sms_message set body = 'Bonjour, vous êtes d é c r o c h e u r. STOP' where id = :id",
                Map.of("id", waiting));
        campaign.run(
                "insert into outbox (channel, payload) values ('sms-to-send', cast(cast(:payload as text) as jsonb))",
                Map.of("payload", "{\"messageId\":" + waiting + "}"));
        floor.agentAtWork(campaign);

        await().atMost(PATIENCE).until(() -> messageState(waiting), "CANCELED"::equals);
        assertThat(floor.simulator().ledger().texts())
                .noneMatch(text -> text.number().equals(youth.number()));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void f30AStopBeforeOurOwnNewsOfTheTextIsFinal(boolean beforeTheAnswer) {
        var elsewhere = campaign();
        elsewhere.run(
                "insert into campaign_youth (campaign_id, youth_id, state, next_attempt_at) values (:campaign, :youth, 'TO_CALL', :at)",
                Map.of(
                        "campaign",
                        elsewhere.id(),
                        "youth",
                        youth.id(),
                        "at",
                        floor.clock().instant().plus(Duration.ofDays(1))));
        if (beforeTheAnswer) {
            floor.knobs().delayAnswers(Duration.ofSeconds(2));
        }
        floor.knobs().holdCallbacks();
        long sent = text(campaign, "TO_SEND");
        campaign.run(
                "insert into outbox (channel, payload) values ('sms-to-send', cast(cast(:payload as text) as jsonb))",
                Map.of("payload", "{\"messageId\":" + sent + "}"));
        await().atMost(PATIENCE)
                .until(() -> floor.simulator().ledger().texts().stream()
                        .anyMatch(text -> text.number().equals(youth.number())));
        long waiting = text(elsewhere, "TO_SEND");

        assertThat(receive(youth.number(), "STOP")).isEqualTo(200);
        floor.knobs().releaseCallbacks();
        floor.agentAtWork(campaign);

        await().atMost(PATIENCE).until(() -> messageState(sent), "DELIVERED"::equals);
        await().atMost(PATIENCE).until(youth::place, "OBJECTED"::equals);
        assertThat(messageState(waiting)).isEqualTo("CANCELED");
        assertThat(objections(youth.id())).isEqualTo(1);
        assertThat(campaign.count(
                        "select count(*) as n from campaign_youth where youth_id = :youth and state = 'OBJECTED'",
                        Map.of("youth", youth.id())))
                .as("in every campaign")
                .isEqualTo(2);
        assertThat(youth.requests()).isZero();
        assertThat(floor.simulator().ledger().texts().stream()
                        .filter(text -> text.number().equals(youth.number())))
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void f30AnObjectionEndsTheRinging(boolean byText) {
        floor.clock().start(floor.clock().instant(), 1);
        floor.knobs().script(youth.number(), Scenario.RINGS_OUT);
        floor.agentAtWork(campaign);
        youth.awaitFirst("state", "RINGING");

        if (byText) {
            assertThat(receive(youth.number(), "STOP")).isEqualTo(200);
        } else {
            campaign.objection(youth.id());
            answer(sweeper.sweep());
        }

        await().atMost(PATIENCE).until(() -> !"OPEN".equals(youth.first().get("result")));
        assertThat(youth.first()).containsEntry("answered_at", "null");
        assertThat(youth.place()).isEqualTo("OBJECTED");
        assertThat(youth.rings())
                .singleElement()
                .satisfies(ring -> assertThat(
                                Duration.between(ring.start(), ring.end().orElseThrow()))
                        .as("not until nobody answers")
                        .isLessThan(Duration.ofSeconds(15)));
    }

    private long text(TestingQueue where, String state) {
        return where.ask(
                """
                insert into sms_message (direction, campaign_id, youth_id, e164, body, token, state, created_at)
                values ('OUT', :campaign, :youth, :e164, 'Bonjour', :token, :state, :at) returning id""",
                Map.of(
                        "campaign",
                        where.id(),
                        "youth",
                        youth.id(),
                        "e164",
                        youth.number(),
                        "token",
                        tokens.next(),
                        "state",
                        state,
                        "at",
                        floor.clock().instant()),
                row -> row.id("id"));
    }

    private String messageState(long id) {
        return campaign.ask("select state from sms_message where id = :id", Map.of("id", id), row -> row.text("state"));
    }

    private long objections(long of) {
        return campaign.count(
                "select count(*) as n from objection where youth_id = :youth and lifted_at is null",
                Map.of("youth", of));
    }

    private int receive(String from, String body) {
        return TestingWebhook.genuine(
                        "/webhooks/twilio/sms",
                        Map.of("From", from, "To", TEXTING, "Body", body, "MessageSid", "SM" + tokens.next()))
                .statusCode();
    }

    @Test
    void f31ATextFromAnUnknownNumberIsKept() {
        String stranger = "+33639989" + (900 + tokens.next().charAt(0) % 90);
        String body = "STOP " + tokens.next();

        assertThat(receive(stranger, body)).isEqualTo(200);

        assertThat(campaign.count(
                        "select count(*) as n from sms_message where body = :body and direction = 'IN' and youth_id is null",
                        Map.of("body", body)))
                .isEqualTo(1);
        assertThat(campaign.count(
                        "select count(*) as n from outbox where channel = 'sms-received' and last_error is not null",
                        Map.of()))
                .isZero();
    }

    /** Who asked for an end is one of them, and nobody knows which: the number rests, and a supervisor decides. */
    @Test
    void f31AStopFromASharedNumberStopsTheNumber() {
        long sibling = sibling();

        assertThat(receive(youth.number(), "STOP")).isEqualTo(200);

        assertThat(objections(youth.id())).isZero();
        assertThat(objections(sibling)).isZero();
        assertThat(answer(database.inTransaction(sql -> Telephones.of(sql, youth.number())))
                        .state())
                .isEqualTo(TelephoneState.OBJECTED);
        assertThat(youth.place()).isEqualTo("TO_CALL");
    }

    @Test
    void f31ATextFromASharedNumberAsksForOneCall() {
        long sibling = sibling();

        assertThat(receive(youth.number(), "Rappelez-moi ce soir")).isEqualTo(200);

        await().atMost(PATIENCE)
                .until(() -> campaign.count(
                                "select count(*) as n from campaign_youth where campaign_id = :campaign and state = 'CALLBACK'",
                                Map.of("campaign", campaign.id()))
                        == 1);
        assertThat(objections(youth.id())).isZero();
        assertThat(objections(sibling)).isZero();
    }

    private long sibling() {
        long sibling = campaign.youth("TO_CALL");
        campaign.run("""
                insert into phone_number (youth_id, e164, owner, rank, mobile, source)
                values (:youth, :e164, 'YOUTH', 1, true, 'essai')""", Map.of("youth", sibling, "e164", youth.number()));
        return sibling;
    }
}
