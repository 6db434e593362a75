package fr.raccroche.inbound;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import fr.raccroche.ApplicationTest;
import fr.raccroche.TestingAccounts;
import fr.raccroche.TestingAccounts.Person;
import fr.raccroche.TestingBrowser;
import fr.raccroche.TestingNode;
import fr.raccroche.TestingQueue;
import fr.raccroche.TestingWebhook;
import fr.raccroche.platform.Database;
import fr.raccroche.platform.Tokens;
import fr.raccroche.security.Role;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Texts that no campaign answers wait until a supervisor took notice. */
@ApplicationTest
class MessagePagesTest {

    @RegisterExtension
    static final TestingBrowser browser = new TestingBrowser();

    @Inject
    Database database;

    @Inject
    TestingAccounts accounts;

    @Inject
    Tokens tokens;

    private TestingQueue campaign;
    private Person supervisor;

    @BeforeEach
    void aCampaign() {
        campaign = new TestingQueue(database, TestingNode.OPENING);
        supervisor = accounts.signedIn(Role.SUPERVISOR);
    }

    private String numberOf(long youth) {
        return campaign.ask(
                "select e164 from phone_number where id = :id",
                Map.of("id", campaign.number(youth, "YOUTH")),
                row -> row.text("e164"));
    }

    /** A text that comes in, and was older than whatever else waits. */
    private long receive(String from, String body) {
        String sid = "SM" + tokens.next();
        assertThat(TestingWebhook.genuine(
                                "/webhooks/twilio/sms",
                                Map.of("From", from, "To", "+33639989900", "Body", body, "MessageSid", sid))
                        .statusCode())
                .isEqualTo(200);
        campaign.run(
                "update sms_message set created_at = :at where sid = :sid",
                Map.of("at", TestingNode.OPENING.minus(Duration.ofDays(100)), "sid", sid));
        return campaign.ask("select id from sms_message where sid = :sid", Map.of("sid", sid), row -> row.id("id"));
    }

    private static String handled(long text) {
        return "/messages/texts/" + text + "/handled";
    }

    private boolean waits(long text) {
        return given().baseUri(TestingNode.PRODUCT)
                .cookie(TestingAccounts.COOKIE, supervisor.session())
                .get("/messages")
                .asString()
                .contains(handled(text));
    }

    private int post(String path) {
        return given().baseUri(TestingNode.PRODUCT)
                .redirects()
                .follow(false)
                .cookie(TestingAccounts.COOKIE, supervisor.session())
                .header("Origin", TestingNode.PRODUCT)
                .header("Accept", "application/json")
                .formParam("decision", "READ")
                .post(path)
                .statusCode();
    }

    @ParameterizedTest
    @CsvSource({
        "TO_CALL, RUNNING, Bonjour, true",
        "TO_CALL, PAUSED, Bonjour, true",
        "IN_CALL, RUNNING, Bonjour, true",
        "TO_CALL, RUNNING, Rappelez-moi svp, false",
        "TO_CALL, CLOSED, Bonjour, true",
        "REFERRED, RUNNING, Bonjour, true",
        "OBJECTED, RUNNING, Rappelez-moi finalement, true",
        "UNREACHABLE, RUNNING, Bonjour, true",
        "TO_CALL, RUNNING, STOP, false",
        "REFERRED, RUNNING, STOP, false"
    })
    void whatACampaignOrAnObjectionAnswersWaitsForNobody(String youth, String state, String body, boolean waits) {
        String number = numberOf(campaign.youth(youth));
        campaign.run("update campaign set state = :state where id = :id", Map.of("state", state, "id", campaign.id()));

        assertThat(waits(receive(number, body))).isEqualTo(waits);
    }

    @Test
    void aVoiceMessageIsHeardByWhoMay() {
        String sid = "RE" + "0123456789abcdef".repeat(2);
        long message = campaign.ask(
                """
                insert into inbound_call (call_sid, shown, e164, state, recording_sid, received_at)
                values (:call, '+33199000100', '+33639981234', 'MESSAGE', :sid, :at) returning id""", Map.of("call", "CA" + tokens.next(), "sid", sid, "at", TestingNode.OPENING), row -> row.id("id"));
        String path = "/messages/" + message + "/recording";

        byte[] whole = hear(supervisor, path, null)
                .then()
                .statusCode(200)
                .contentType("audio/wav")
                .extract()
                .asByteArray();
        assertThat(whole.length).isGreaterThan(10_000);
        assertThat(new String(whole, 0, 4, StandardCharsets.US_ASCII)).isEqualTo("RIFF");
        assertThat(hear(supervisor, path, "bytes=0-99")
                        .then()
                        .statusCode(206)
                        .extract()
                        .asByteArray())
                .hasSize(100);
        hear(supervisor, path, "bytes=" + whole.length + "-").then().statusCode(416);
        hear(accounts.signedIn(Role.AGENT), path, null).then().statusCode(403);
        hear(supervisor, "/messages/0/recording", null).then().statusCode(404);
        Page page = browser.page(supervisor);
        page.navigate("/messages");
        assertThat(page.content()).doesNotContain(sid).contains(path);
    }

    private static Response hear(Person person, String path, @Nullable String range) {
        var request = given().baseUri(TestingNode.PRODUCT).cookie(TestingAccounts.COOKIE, person.session());
        return (range == null ? request : request.header("Range", range)).get(path);
    }

    @Test
    void noNoticeIsTakenTwiceOrOfWhatNeverCame() {
        long text = receive(numberOf(campaign.youth("REFERRED")), "Bonjour");

        assertThat(post(handled(text))).isEqualTo(303);
        assertThat(waits(text)).isFalse();
        assertThat(post(handled(text))).isEqualTo(303);
        assertThat(post(handled(0))).isEqualTo(404);
        assertThat(campaign.<Long>ask(
                        "select count(*) as n from access_log where action = 'text-handled' and subject = :text",
                        Map.of("text", "text:" + text),
                        row -> row.id("n")))
                .isEqualTo(2);
    }

    @Test
    void aSupervisorReadsWhoWroteAndSaysSo() {
        long lina = campaign.youth("REFERRED");
        String number = numberOf(lina);
        long sami = campaign.youth("REFUSED");
        campaign.run("""
                insert into phone_number (youth_id, e164, owner, rank, mobile, source)
                values (:youth, :e164, 'YOUTH', 1, true, 'essai')""", Map.of("youth", sami, "e164", number));
        campaign.run("update youth set first_name = 'Sami' where id = :id", Map.of("id", sami));
        String former = numberOf(campaign.youth("REFERRED"));
        campaign.run("update phone_number set state = 'WRONG' where e164 = :e164", Map.of("e164", former));
        long shared = receive(number, "Personne ne m'a appelé, c'est <b>normal</b> ?");
        long stranger = receive(former, "STOP, vous vous trompez de numéro");
        Page page = browser.page(supervisor);

        page.navigate("/messages");

        Locator row = row(page, shared);
        assertThat(row).containsText("c'est <b>normal</b> ?");
        assertThat(row.locator("a")).hasCount(2);
        assertThat(row.locator("a[href='/youths/" + sami + "/calls']")).hasText("Sami Benali");
        assertThat(row(page, stranger)).containsText("inconnu");
        assertThat(row(page, stranger).locator("a")).hasCount(0);
        TestingBrowser.look(page, "messages");

        row.locator("button[value=READ]").click();
        assertThat(row(page, stranger)).hasCount(1);
        assertThat(row(page, shared)).hasCount(0);
    }

    private static Locator row(Page page, long text) {
        return page.locator("tr")
                .filter(new Locator.FilterOptions().setHas(page.locator("form[action='" + handled(text) + "']")));
    }
}
