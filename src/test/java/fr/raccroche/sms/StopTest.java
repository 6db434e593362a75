package fr.raccroche.sms;

import static org.assertj.core.api.Assertions.assertThat;

import fr.raccroche.ApplicationTest;
import fr.raccroche.TestingNode;
import fr.raccroche.TestingQueue;
import fr.raccroche.TestingWebhook;
import fr.raccroche.platform.Database;
import fr.raccroche.platform.Tokens;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@ApplicationTest
class StopTest {

    @Inject
    Database database;

    @Inject
    Tokens tokens;

    private TestingQueue campaign;
    private long youth;
    private String number = "";

    @BeforeEach
    void youthWithANumber() {
        campaign = new TestingQueue(database, TestingNode.OPENING);
        youth = campaign.youth("TO_CALL");
        long phone = campaign.number(youth, "YOUTH");
        number = campaign.ask(
                "select e164 from phone_number where id = :id", Map.of("id", phone), row -> row.text("e164"));
    }

    private void receive(String body) {
        var response = TestingWebhook.genuine(
                "/webhooks/twilio/sms",
                Map.of("From", number, "To", "+33639989900", "Body", body, "MessageSid", "SM" + tokens.next()));
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).doesNotContain("<Message");
    }

    private long objections() {
        return campaign.ask(
                "select count(*) as n from objection where youth_id = :youth and lifted_at is null",
                Map.of("youth", youth),
                row -> row.id("n"));
    }

    private String state() {
        return campaign.ask(
                "select state from campaign_youth where campaign_id = :campaign and youth_id = :youth",
                Map.of("campaign", campaign.id(), "youth", youth),
                row -> row.text("state"));
    }

    @Test
    void aStopIsAnObjectionBeforeItIsAnsweredAndEndsTheQueue() {
        receive("Stop svp");

        assertThat(objections()).isEqualTo(1);
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> state().equals("OBJECTED"));
    }

    @Test
    void aSecondStopIsTheSameObjection() {
        receive("STOP");
        receive("Arrêtez de m'appeler");

        assertThat(objections()).isEqualTo(1);
    }

    @Test
    void aStopCancelsTextsThatWait() {
        campaign.run(
                """
                insert into sms_message (direction, campaign_id, youth_id, e164, body, token, state, created_at)
                values ('OUT', :campaign, :youth, :e164, 'Bonjour', :token, 'TO_SEND', :at)""",
                Map.of(
                        "campaign",
                        campaign.id(),
                        "youth",
                        youth,
                        "e164",
                        number,
                        "token",
                        tokens.next(),
                        "at",
                        TestingNode.OPENING));

        receive("STOP");

        assertThat(campaign.<String>ask(
                        "select state from sms_message where youth_id = :youth and direction = 'OUT'",
                        Map.of("youth", youth),
                        row -> row.text("state")))
                .isEqualTo("CANCELED");
    }

    @Test
    void aClearRequestAsksForACall() {
        receive("ok rappelez moi");

        assertThat(objections()).isZero();
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> state().equals("CALLBACK"));
    }

    /** Promised in person for tomorrow. */
    private void booked() {
        Map<String, Object> call = Map.of(
                "campaign",
                campaign.id(),
                "youth",
                youth,
                "agent",
                campaign.agent().id(),
                "at",
                TestingNode.OPENING.plus(Duration.ofDays(365)));
        campaign.run("""
                insert into callback (campaign_id, youth_id, due_at, until, reason, agent_id, created_at)
                values (:campaign, :youth, :at, :at, 'ASKED', :agent, :at)""", call);
        campaign.run("""
                update campaign_youth set state = 'CALLBACK', next_attempt_at = :at, callback_agent = :agent, priority = 7
                where campaign_id = :campaign and youth_id = :youth""", call);
    }

    private String booking() {
        return campaign.ask("""
                select concat_ws(' ', y.state, y.next_attempt_at, y.priority, y.callback_agent, b.due_at, b.until, b.reason,
                                 b.agent_id, b.pooled_at, b.missed, b.done_at) as booking
                from campaign_youth y join callback b on b.campaign_id = y.campaign_id and b.youth_id = y.youth_id
                where y.campaign_id = :campaign and y.youth_id = :youth""", Map.of("campaign", campaign.id(), "youth", youth), row -> row.text("booking"));
    }

    private long openCallbacks() {
        return campaign.ask(
                "select count(*) as n from callback where youth_id = :youth and done_at is null",
                Map.of("youth", youth),
                row -> row.id("n"));
    }

    /** Until what came in is worked off. */
    private void untilRead() {
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> campaign.<Long>ask(
                                "select count(*) as n from outbox where channel = 'sms-received'",
                                Map.of(),
                                row -> row.id("n"))
                        == 0);
    }

    @Test
    void whoAnswersToTheReminderOfACallGetsThatCall() {
        booked();
        String before = booking();

        receive("ok merci");
        untilRead();

        assertThat(booking()).isEqualTo(before);
    }

    @Test
    void aTextBooksOneCallForAnybody() {
        receive("Rappelez-moi svp");
        untilRead();
        String before = booking();
        receive("rappelez moi");
        untilRead();

        assertThat(openCallbacks()).isEqualTo(1);
        assertThat(booking()).isEqualTo(before).startsWith("CALLBACK").contains("SMS_REPLY");
    }

    @Test
    void noCallStandsThatWasPromisedToWhoObjects() {
        booked();

        receive("STOP");
        untilRead();

        assertThat(state()).isEqualTo("OBJECTED");
        assertThat(openCallbacks()).isZero();
    }

    /** The number was given back and is a stranger's now. */
    @Test
    void aStrangerUnderAWrongNumberSpeaksForNobody() {
        campaign.run("update phone_number set state = 'WRONG' where youth_id = :youth", Map.of("youth", youth));

        receive("STOP");
        receive("Bonjour, qui êtes-vous ?");
        untilRead();

        assertThat(objections()).isZero();
        assertThat(state()).isEqualTo("TO_CALL");
        assertThat(campaign.<Long>ask(
                        "select count(youth_id) as n from sms_message where e164 = :e164",
                        Map.of("e164", number),
                        row -> row.id("n")))
                .isZero();
    }
}
