package fr.raccroche.handoff;

import static fr.raccroche.Blocking.answer;
import static fr.raccroche.directory.StructureKind.CIO;
import static fr.raccroche.directory.StructureKind.MISSION_LOCALE;
import static fr.raccroche.directory.StructureKind.PRIJ;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import fr.raccroche.ApplicationTest;
import fr.raccroche.TestingAccounts;
import fr.raccroche.TestingAccounts.Person;
import fr.raccroche.TestingBrowser;
import fr.raccroche.TestingNode;
import fr.raccroche.TestingQueue;
import fr.raccroche.directory.StructureKind;
import fr.raccroche.platform.Database;
import fr.raccroche.security.Role;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@ApplicationTest
class HandoffPagesTest {

    @RegisterExtension
    static final TestingBrowser browser = new TestingBrowser();

    @Inject
    Database database;

    @Inject
    TestingAccounts accounts;

    @Inject
    Referrals referrals;

    @Inject
    UnreachableLists unreachable;

    @Inject
    ObjectMapper json;

    @Inject
    Clock clock;

    private Instant now;
    private TestingQueue campaign;
    private long missionLocale;
    private long prij;
    private String commune;
    private Person partner;
    private Person supervisor;

    @BeforeEach
    void aTown() {
        now = clock.instant();
        campaign = new TestingQueue(database, now);
        missionLocale = campaign.structure(MISSION_LOCALE);
        prij = campaign.structure(PRIJ);
        commune = campaign.commune(missionLocale, prij, campaign.structure(CIO));
        partner = accounts.signedIn(Role.PARTNER, missionLocale);
        supervisor = accounts.signedIn(Role.SUPERVISOR);
    }

    @Test
    void aPartnerReportsAndGoesOnToTheNext() {
        long late = sent(20, MISSION_LOCALE);
        long next = sent(3, MISSION_LOCALE);

        by(partner)
                .formParams(Map.of(
                        "version", "0", "reached", "true", "result", "APPOINTMENT", "note", "mardi", "then", "next"))
                .post("/handoffs/" + late + "/report")
                .then()
                .statusCode(303)
                .header("Location", endsWith("/handoffs/" + next));
        by(partner).get("/handoffs?tab=CLOSED").then().statusCode(200).body(containsString("Rendez-vous pris"));
    }

    @Test
    void anOlderVersionIsRefusedInFrench() {
        long id = sent(3, MISSION_LOCALE);
        by(partner).formParams(Map.of("version", "0", "reached", "false")).post("/handoffs/" + id + "/report");
        by(partner)
                .formParams(Map.of("version", "1", "reached", "true"))
                .post("/handoffs/" + id + "/report")
                .then()
                .statusCode(303);

        by(partner)
                .formParams(Map.of("version", "1", "reached", "false"))
                .post("/handoffs/" + id + "/report")
                .then()
                .statusCode(409)
                .body(containsString("Une autre personne"));
    }

    /** Somebody else saved first, or the answers contradict each other: the same page, with what was typed. */
    @Test
    void whatWasTypedStaysOnThePageThatCouldNotBeRecorded() {
        long id = sent(3, MISSION_LOCALE);
        by(partner)
                .formParams(Map.of("version", "0", "reached", "false", "note", "premier texte"))
                .post("/handoffs/" + id + "/report");

        by(partner)
                .formParams(Map.of("version", "0", "reached", "true", "note", "second texte"))
                .post("/handoffs/" + id + "/report")
                .then()
                .statusCode(409)
                .body(containsString("premier texte"), containsString(">second texte</textarea>"));
        by(partner)
                .formParams(Map.of("version", "1", "reached", "false", "result", "APPOINTMENT", "note", "troisième"))
                .post("/handoffs/" + id + "/report")
                .then()
                .statusCode(400)
                .body(containsString(">troisième</textarea>"), containsString("Pas encore enregistré"));
        by(partner)
                .formParams(Map.of("version", "1", "reached", "true", "result", "REDIRECTED", "note", "quatrième"))
                .post("/handoffs/" + id + "/report")
                .then()
                .statusCode(400)
                .body(containsString(">quatrième</textarea>"), containsString("vers quelle structure"));
        by(partner)
                .formParams(Map.of("version", "1", "reached", "true", "result", "DECLINED"))
                .post("/handoffs/" + id + "/report");
        by(partner)
                .formParams(Map.of("version", "1", "reached", "true", "note", "trop tard"))
                .post("/handoffs/" + id + "/report")
                .then()
                .statusCode(409)
                .body(containsString("trop tard"), containsString("/handoffs/" + id + "/note"));
    }

    @Test
    void whoTypedWhileTheDossierMovedLearnsWhoHasItAndLosesNothing() {
        long id = sent(3, MISSION_LOCALE);
        long other = campaign.structure(MISSION_LOCALE);
        by(supervisor).formParams(Map.of("version", "0", "structure", other)).post("/handoffs/" + id + "/assign");

        by(partner)
                .formParams(Map.of("version", "0", "reached", "true", "note", "veut un stage"))
                .post("/handoffs/" + id + "/report")
                .then()
                .statusCode(409)
                .body(containsString("veut un stage"), containsString("a changé de structure"));
        by(accounts.signedIn(Role.PARTNER, other))
                .get("/handoffs/" + id)
                .then()
                .statusCode(200)
                .body(containsString("veut un stage"));
    }

    /** On a phone nothing is wider than the screen, and the whole card opens the file. */
    @Test
    void aPartnerWorksOnAPhone() {
        long id = sent(3, MISSION_LOCALE);
        sent(17, MISSION_LOCALE);
        campaign.run(
                "update youth set email = 'lina@exemple.fr', address = '3 rue des Lilas', postal_code = '93200' where id ="
                        + " (select youth_id from handoff where id = :id)",
                Map.of("id", id));
        var page = browser.page(partner);
        page.setViewportSize(390, 844);
        page.navigate("/handoffs?tab=TO_CALL");
        TestingBrowser.look(page, "handoffs-phone");
        assertThat((Integer) page.evaluate("document.documentElement.scrollWidth"))
                .isLessThanOrEqualTo(390);
        page.locator(".card-line").first().click();
        assertThat(page.url()).endsWith("/handoffs/" + id);
        TestingBrowser.look(page, "handoff-phone");
        assertThat((Integer) page.evaluate("document.documentElement.scrollWidth"))
                .isLessThanOrEqualTo(390);
        assertThat(page.content()).contains("lina@exemple.fr", "14 mars 2009", "encore 12");
        assertThat(page.locator("a.tel").first().boundingBox().height).isGreaterThanOrEqualTo(44);

        page.locator("#not-reached").check();
        assertThat(page.locator("#result-APPOINTMENT").isVisible()).isFalse();
        assertThat(page.locator("#result-UNREACHABLE").isVisible()).isTrue();
        page.locator("#reached").check();
        assertThat(page.locator("#result-APPOINTMENT").isVisible()).isTrue();
        assertThat(page.locator("#result-UNREACHABLE").isVisible()).isFalse();
        assertThat(page.locator("#to").isVisible()).isFalse();
        page.locator("#result-REDIRECTED").check();
        assertThat(page.locator("#to").isVisible()).isTrue();
        TestingBrowser.look(page, "handoff-phone-redirected");
    }

    @Test
    void anAnswerIsNeeded() {
        long id = sent(3, MISSION_LOCALE);

        by(partner)
                .formParams(Map.of("version", "0"))
                .post("/handoffs/" + id + "/report")
                .then()
                .statusCode(400)
                .body(containsString("contact"));
        by(partner)
                .formParams(Map.of("version", "0", "reached", "true", "result", "NOTHING"))
                .post("/handoffs/" + id + "/report")
                .then()
                .statusCode(400);
    }

    @Test
    void forAnotherStructureNothingOfItExists() {
        long id = sent(3, MISSION_LOCALE);
        var stranger = accounts.signedIn(Role.PARTNER);

        by(stranger).get("/handoffs/" + id).then().statusCode(404);
        by(stranger)
                .formParams(Map.of("version", "0", "reached", "true"))
                .post("/handoffs/" + id + "/report")
                .then()
                .statusCode(404);
        by(stranger).get("/handoffs?structure=" + missionLocale).then().body(not(containsString("Lina B.")));
        by(stranger).get("/handoffs.json?campaign=" + campaign.id()).then().body(startsWith("[]"));
        by(stranger).get("/unreachable?campaign=" + campaign.id()).then().statusCode(404);
    }

    @Test
    void theSupervisorRoutesFromTheQueue() {
        long id = sentFrom(campaign.youth("REFERRED"), 3, MISSION_LOCALE);

        by(supervisor)
                .get("/handoffs?tab=QUEUE")
                .then()
                .statusCode(200)
                .body(containsString("/handoffs/" + id + "/assign"));
        by(supervisor)
                .formParams(Map.of("version", "0", "structure", missionLocale))
                .post("/handoffs/" + id + "/assign")
                .then()
                .statusCode(303);

        by(partner).get("/handoffs/" + id).then().statusCode(200).body(containsString("Structure choisie"));
    }

    @Test
    void programsReadWhatTheContractSays() {
        sent(3, MISSION_LOCALE);

        by(supervisor)
                .get("/handoffs.json?campaign=" + campaign.id())
                .then()
                .statusCode(200)
                .body("structureKind", hasItem("MISSION_LOCALE"))
                .body("state", hasItem("TO_CALL"))
                .body("[0].size()", is(7));
    }

    @Test
    void theFileOfTheUnreachableOpensInASpreadsheet() {
        campaign.run(
                "update youth set last_name = '=1+1' where id = :id",
                Map.of("id", campaign.youth("UNREACHABLE", commune)));
        close();

        var file = by(supervisor)
                .get("/campaigns/" + campaign.id() + "/unreachable.csv")
                .then()
                .statusCode(200)
                .extract();

        var text = new String(file.asByteArray(), StandardCharsets.UTF_8);
        assertThat(text).startsWith("\uFEFFine;").contains(";'=1+1;Lina;14/03/2009;");
        assertThat(file.header("Content-Disposition")).contains("attachment");
        by(partner)
                .get("/campaigns/" + campaign.id() + "/unreachable.csv")
                .then()
                .statusCode(403);
    }

    @Test
    void everyViewOfAFileIsWrittenDown() {
        long id = sent(3, MISSION_LOCALE);

        by(partner).get("/handoffs/" + id).then().statusCode(200);

        long views =
                campaign.ask("""
                select count(*) as n from access_log l join handoff h on l.subject = 'youth:' || h.youth_id
                where h.id = :id and l.account_id = :account and l.action = 'youth-viewed'""", Map.of("id", id, "account", partner.account().id()), row -> row.id("n"));
        assertThat(views).isEqualTo(1);
    }

    @Test
    void thePagesAreForEveryone() {
        for (int days : new int[] {17, 19, 2, 5, 9}) {
            sent(days, MISSION_LOCALE);
        }
        long opened = sent(16, MISSION_LOCALE);
        campaign.run(
                "update youth set birth_date = '2007-05-02' where id = (select youth_id from handoff where id = :id)",
                Map.of("id", opened));
        by(partner)
                .formParams(Map.of("version", "0", "reached", "false", "note", "messagerie"))
                .post("/handoffs/" + opened + "/report");
        by(partner).formParams(Map.of("version", "1", "reached", "false")).post("/handoffs/" + opened + "/report");
        sentFrom(campaign.youth("REFERRED"), 3, CIO);
        campaign.attempt(campaign.youth("UNREACHABLE", commune), 1, now);
        campaign.youth("WRONG_NUMBER", commune);
        close();

        var page = browser.page(partner);
        page.navigate("/handoffs");
        TestingBrowser.look(page, "handoffs");
        page.navigate("/handoffs/" + opened);
        TestingBrowser.look(page, "handoff");
        page.navigate("/unreachable");
        TestingBrowser.look(page, "unreachable");
        var overview = browser.page(supervisor);
        overview.navigate("/handoffs?tab=QUEUE");
        TestingBrowser.look(overview, "handoffs-supervisor");
        assertThat(page.content()).doesNotContainIgnoringCase("décrocheur");
    }

    private static RequestSpecification by(Person person) {
        return given().redirects()
                .follow(false)
                .cookie(TestingAccounts.COOKIE, person.session())
                .header("Origin", TestingNode.PRODUCT);
    }

    private void close() {
        answer(unreachable.on("{\"campaignId\": %d, \"at\": \"%s\"}".formatted(campaign.id(), now)));
    }

    private long sent(int daysAgo, StructureKind kind) {
        return sentFrom(campaign.youth("REFERRED", commune), daysAgo, kind);
    }

    private long sentFrom(long youth, int daysAgo, StructureKind kind) {
        try {
            var agreement = TestingAgreement.of(campaign, youth, 1, kind, now.minus(Duration.ofDays(daysAgo)));
            answer(referrals.on(json.writeValueAsString(agreement)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
        return campaign.ask(
                "select id from handoff where youth_id = :youth", Map.of("youth", youth), row -> row.id("id"));
    }
}
