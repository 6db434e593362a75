package fr.raccroche.explain;

import static fr.raccroche.Blocking.answer;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import fr.raccroche.ApplicationTest;
import fr.raccroche.TestingAccounts;
import fr.raccroche.TestingAccounts.Person;
import fr.raccroche.TestingBrowser;
import fr.raccroche.TestingNode;
import fr.raccroche.TestingQueue;
import fr.raccroche.platform.Database;
import fr.raccroche.queue.Noes;
import fr.raccroche.security.Role;
import fr.raccroche.youth.RestReason;
import fr.raccroche.youth.Telephones;
import jakarta.inject.Inject;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Numbers on which somebody said no wait, with who waits under them, until a supervisor decided. */
@ApplicationTest
class TelephonePagesTest {

    @RegisterExtension
    static final TestingBrowser browser = new TestingBrowser();

    @Inject
    Database database;

    @Inject
    TestingAccounts accounts;

    private TestingQueue campaign;
    private Person supervisor;
    private long lina;
    private long sami;
    private String number;

    @BeforeEach
    void aNoOnASharedNumber() {
        campaign = new TestingQueue(database, TestingNode.OPENING);
        supervisor = accounts.signedIn(Role.SUPERVISOR);
        lina = campaign.youth("TO_CALL");
        sami = campaign.youth("TO_CALL");
        number = campaign.e164(campaign.number(lina, "YOUTH"));
        campaign.run("""
                insert into phone_number (youth_id, e164, owner, rank, mobile, source)
                values (:youth, :e164, 'YOUTH', 1, true, 'essai')""", Map.of("youth", sami, "e164", number));
        answer(database.inTransaction(
                sql -> Noes.byText(sql, number, RestReason.STOP_BY_TEXT, "STOP", TestingNode.OPENING)));
    }

    private String page() {
        return given().baseUri(TestingNode.PRODUCT)
                .cookie(TestingAccounts.COOKIE, supervisor.session())
                .get("/telephones")
                .then()
                .statusCode(200)
                .extract()
                .asString();
    }

    private void post(String path, Map<String, Object> form) {
        given().baseUri(TestingNode.PRODUCT)
                .cookie(TestingAccounts.COOKIE, supervisor.session())
                .header("Origin", TestingNode.PRODUCT)
                .redirects()
                .follow(false)
                .formParams(form)
                .post(path)
                .then()
                .statusCode(303);
    }

    private boolean waits() {
        return page().contains("name=\"youth\" value=\"" + lina + "\"");
    }

    private boolean rests() {
        return answer(database.inTransaction(sql -> Telephones.rests(sql, number, TestingNode.OPENING)));
    }

    @Test
    void theNumberWaitsWithThoseWhoAreListedUnderIt() {
        assertThat(page())
                .contains("/youths/" + lina + "/calls")
                .contains("/youths/" + sami + "/calls")
                .contains("demande d&#39;arrêter");
        Page page = browser.page(supervisor);
        page.navigate("/telephones");
        TestingBrowser.look(page, "telephones");
    }

    @Test
    void itMayBeCalledAgain() {
        post("/telephones/released", Map.of("e164", number));

        assertThat(waits()).isFalse();
        assertThat(rests()).isFalse();
    }

    @Test
    void orIsLeftAloneForGood() {
        post("/telephones/kept", Map.of("e164", number));

        assertThat(waits()).isFalse();
        assertThat(rests()).isTrue();
        assertThat(page()).contains("Laissés en repos").contains("Ne plus appeler");
    }

    @Test
    void oneOfTheYouthsObjectsToo() {
        post("/telephones/objections", Map.of("youth", sami));

        assertThat(campaign.place(sami)).isEqualTo("OBJECTED");
        assertThat(campaign.place(lina)).isEqualTo("TO_CALL");
        assertThat(waits()).isTrue();
    }
}
