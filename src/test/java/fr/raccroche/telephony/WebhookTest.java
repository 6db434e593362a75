package fr.raccroche.telephony;

import static fr.raccroche.Blocking.answer;
import static org.assertj.core.api.Assertions.assertThat;

import fr.raccroche.ApplicationTest;
import fr.raccroche.TestingWebhook;
import fr.raccroche.platform.Database;
import fr.raccroche.platform.Tokens;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing is believed, and nothing is written, before the signature is checked. */
@ApplicationTest
class WebhookTest {

    @Inject
    Database database;

    @Inject
    Tokens tokens;

    private static Map<String, String> fields(String token) {
        return Map.of(
                "AccountSid",
                TestingWebhook.ACCOUNT,
                "CallSid",
                "CA" + token,
                "CallStatus",
                "ringing",
                "SequenceNumber",
                "1",
                "MessageSid",
                "SM" + token,
                "MessageStatus",
                "delivered",
                "From",
                "+33639989999",
                "Body",
                "STOP");
    }

    private long written(String token) {
        return answer(
                database.inTransaction(sql -> sql.query("""
                        select (select count(*) from call_event where token = :token or call_sid = 'CA' || :token)
                             + (select count(*) from sms_message where token = :token or sid = 'SM' || :token)
                             + (select count(*) from inbound_call where call_sid = 'CA' || :token) as n""").set("token", token).one(row -> row.id("n"))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "call/%s",
                "call/%s/answered-by",
                "sms/%s",
                "sms",
                "answer/%s",
                "apology",
                "agent",
                "conference/a1",
                "inbound",
                "inbound/choice",
                "inbound/message",
                "inbound/status"
            })
    void aForgedRequestIsRefusedAndWritesNothing(String address) {
        String token = tokens.next();
        String path = "/webhooks/twilio/" + address.formatted(token);
        var fields = fields(token);
        var changed = new HashMap<>(fields);
        changed.put("CallStatus", "completed");
        String genuine = TestingWebhook.signature(TestingWebhook.TOKEN, path, fields);

        assertThat(TestingWebhook.post(path, fields, "").statusCode()).isEqualTo(403);
        assertThat(TestingWebhook.post(path, fields, "bm90IGEgc2lnbmF0dXJl").statusCode())
                .isEqualTo(403);
        assertThat(TestingWebhook.post(path, fields, TestingWebhook.signature("2".repeat(32), path, fields))
                        .statusCode())
                .isEqualTo(403);
        assertThat(TestingWebhook.post(path, changed, genuine).statusCode()).isEqualTo(403);
        assertThat(TestingWebhook.post(path + "?x=1", fields, genuine).statusCode())
                .isEqualTo(403);
        assertThat(written(token)).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "call/%s",
                "call/%s/answered-by",
                "sms/%s",
                "sms",
                "answer/%s",
                "apology",
                "agent",
                "conference/a1",
                "inbound",
                "inbound/choice",
                "inbound/message",
                "inbound/status"
            })
    void anotherAccountIsRefusedEvenWithOurKey(String address) {
        String token = tokens.next();
        var fields = new HashMap<>(fields(token));
        fields.put("AccountSid", "AC" + "f".repeat(32));

        assertThat(TestingWebhook.genuine("/webhooks/twilio/" + address.formatted(token), fields)
                        .statusCode())
                .isEqualTo(403);
        assertThat(written(token)).isZero();
    }

    @Test
    void aReportSentAgainIsOneReport() {
        String token = tokens.next();

        assertThat(IntStream.range(0, 10)
                        .parallel()
                        .map(i -> TestingWebhook.genuine("/webhooks/twilio/call/" + token, fields(token))
                                .statusCode()))
                .containsOnly(204);

        assertThat(written(token)).isEqualTo(1);
    }

    @Test
    void aTextSentAgainIsOneText() {
        String token = tokens.next();

        assertThat(IntStream.range(0, 5)
                        .parallel()
                        .map(i -> TestingWebhook.genuine("/webhooks/twilio/sms", fields(token))
                                .statusCode()))
                .containsOnly(200);

        assertThat(written(token)).isEqualTo(1);
    }

    @Test
    void aStrangersAnswerIsHungUp() {
        String token = tokens.next();

        assertThat(TestingWebhook.genuine("/webhooks/twilio/answer/" + token, fields(token))
                        .body())
                .contains("<Hangup/>")
                .doesNotContain("Conference");
    }
}
