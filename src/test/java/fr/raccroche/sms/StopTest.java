package fr.raccroche.sms;

import static org.assertj.core.api.Assertions.assertThat;

import fr.raccroche.TestingNode;
import fr.raccroche.TestingWebhook;
import fr.raccroche.handoff.TestingCampaign;
import fr.raccroche.platform.Database;
import fr.raccroche.platform.Tokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestingNode.class)
class StopTest {

    @Inject
    Database database;

    @Inject
    Tokens tokens;

    private TestingCampaign campaign;
    private long youth;
    private String number = "";

    @BeforeEach
    void youthWithANumber() {
        campaign = new TestingCampaign(database, TestingNode.OPENING);
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
    void anyOtherTextAsksForACall() {
        receive("Bonjour, qui êtes-vous ?");

        assertThat(objections()).isZero();
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> state().equals("CALLBACK"));
    }
}
