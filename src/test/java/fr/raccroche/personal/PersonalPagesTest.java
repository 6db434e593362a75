package fr.raccroche.personal;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static fr.raccroche.Blocking.answer;
import static fr.raccroche.platform.FrenchCalendar.PARIS;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import fr.raccroche.ApplicationTest;
import fr.raccroche.TestingAccounts;
import fr.raccroche.TestingBrowser;
import fr.raccroche.TestingNode;
import fr.raccroche.TestingQueue;
import fr.raccroche.campaign.Campaign;
import fr.raccroche.campaign.Campaigns;
import fr.raccroche.platform.Database;
import fr.raccroche.platform.Tokens;
import fr.raccroche.security.Role;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.hamcrest.Matchers;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A youth's own page, as a phone sees it. */
@ApplicationTest
class PersonalPagesTest {

    @RegisterExtension
    static final TestingBrowser browser = new TestingBrowser();

    @Inject
    Database database;

    @Inject
    Campaigns campaigns;

    @Inject
    TestingAccounts accounts;

    @Inject
    Tokens tokens;

    @Inject
    Clock clock;

    private Instant now = TestingNode.OPENING;
    private TestingQueue campaign;
    private long youth;
    private String token = "";

    @BeforeEach
    void youthWithALink() {
        now = clock.instant();
        campaign = new TestingQueue(database, now);
        campaign.run(
                """
                update campaign set caller_number = '+33199000100', starts_on = :from, ends_on = :to,
                       texts = '{"REMINDER": {"on": true, "template": "STOP"}}' where id = :id""",
                Map.of(
                        "from", now.atZone(PARIS).toLocalDate().minusDays(20),
                        "to", now.atZone(PARIS).toLocalDate().plusDays(60),
                        "id", campaign.id()));
        youth = campaign.youth("TO_CALL");
        campaign.number(youth, "YOUTH");
        campaign.run(
                "update campaign_youth set next_attempt_at = :later where youth_id = :youth",
                Map.of("later", now.plus(Duration.ofDays(2)), "youth", youth));
        token = link(Duration.ofDays(30));
    }

    private String link(Duration validity) {
        String made = tokens.next();
        campaign.run(
                """
                insert into personal_link (campaign_id, youth_id, token_hash, created_at, expires_at)
                values (:campaign, :youth, sha256(convert_to(:token, 'UTF8')), :now, :expires)""",
                Map.of(
                        "campaign", campaign.id(),
                        "youth", youth,
                        "token", made,
                        "now", now,
                        "expires", now.plus(validity)));
        return made;
    }

    private Page phone() {
        Page page = browser.page();
        page.setViewportSize(360, 740);
        return page;
    }

    private ValidatableResponse get(String path) {
        return given().baseUri(TestingNode.PRODUCT).get("/r/" + path).then();
    }

    /** As a browser that sends no origin because of the referrer policy. */
    private ValidatableResponse post(String what, String field, String value) {
        return given().baseUri(TestingNode.PRODUCT)
                .header("Origin", "null")
                .contentType("application/x-www-form-urlencoded; charset=UTF-8")
                .formParam(field, value)
                .post("/r/" + token + what)
                .then();
    }

    private String state() {
        return campaign.ask(
                "select state from campaign_youth where youth_id = :youth",
                Map.of("youth", youth),
                row -> row.text("state"));
    }

    private long count(String table, String condition) {
        return campaign.ask(
                "select count(*) as n from " + table + " where youth_id = :youth and " + condition,
                Map.of("youth", youth),
                row -> row.id("n"));
    }

    private Instant slot() {
        Campaign found = answer(database.inTransaction(sql -> campaigns.byId(sql, campaign.id())));
        return Slots.offered(found, now).getLast().times().getFirst();
    }

    @Test
    void aYouthChoosesWhenToBeCalled() {
        Page page = phone();
        page.navigate("/r/" + token);
        assertThat(page.locator("h1")).hasText("Bonjour Lina");
        assertThat(page.locator("body")).not().containsText("Benali");
        look(page, "personal");
        page.getByText("Dire laquelle").click();
        page.getByText("Donner le nouveau").click();
        look(page, "personal-open");

        Instant at = slot();
        page.getByLabel("Quand ?").selectOption(at.toString());
        page.getByText("Appelez-moi à ce moment").click();
        assertThat(page.locator("[role=status]")).containsText("Nous vous appellerons");
        look(page, "personal-call");
        page.getByText("Revenir à ma page").click();
        assertThat(page.locator(".note")).containsText("Nous vous appelons");

        assertThat(state()).isEqualTo("CALLBACK");
        assertThat(campaign.<Instant>ask(
                        "select due_at from callback where youth_id = :youth and done_at is null",
                        Map.of("youth", youth),
                        row -> row.instant("due_at")))
                .isEqualTo(at);
    }

    @Test
    void aYouthAsksNotToBeCalledAnyMoreAndMeansIt() {
        Page page = phone();
        page.navigate("/r/" + token);
        page.getByText("Ne plus être contacté").click();
        assertThat(page.locator("h1")).hasText("Ne plus vous contacter ?");
        look(page, "personal-stop");
        assertThat(count("objection", "true")).as("asked first").isZero();

        page.getByText("Oui, ne me contactez plus").click();
        assertThat(page.locator("[role=status]")).containsText("nous ne vous contacterons plus");
        look(page, "personal-stopped");
        page.navigate("/r/" + token);
        assertThat(page.locator("body")).containsText("nous ne vous contactons plus");
        assertThat(page.locator("form")).hasCount(0);

        assertThat(count("objection", "lifted_at is null")).isEqualTo(1);
        assertThat(state()).isEqualTo("OBJECTED");
    }

    @Test
    void aNumberIsTakenOrRefusedInPlace() {
        Page page = phone();
        page.navigate("/r/" + token);
        page.getByText("Donner le nouveau").click();
        page.getByLabel("Votre nouveau numéro").fill("06 12");
        page.locator("form[action$='/number'] button").click();
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("Nous ne reconnaissons pas ce numéro");
        assertThat(page.getByLabel("Votre nouveau numéro")).hasValue("06 12");
        look(page, "personal-number-refused");

        page.getByLabel("Votre nouveau numéro").fill("06 39 98 77 66");
        page.locator("form[action$='/number'] button").click();
        assertThat(page.locator("[role=status]")).containsText("Votre nouveau numéro est noté");
        assertThat(
                        count(
                                "phone_number",
                                "e164 = '+33639987766' and source = 'SELF' and owner = 'YOUTH' and state = 'UNTRIED' and rank < 1"))
                .isEqualTo(1);
    }

    @Test
    void lookingChangesNothing() {
        campaign.run("update personal_link set posts = 0 where youth_id = :youth", Map.of("youth", youth));
        String before = everything();

        get(token).statusCode(200);
        get(token + "/stop").statusCode(200);
        given().baseUri(TestingNode.PRODUCT).head("/r/" + token).then().statusCode(200);

        assertThat(everything()).isEqualTo(before);
    }

    private String everything() {
        return campaign.ask("""
                select (select cast(row_to_json(y) as text) from campaign_youth y where y.youth_id = :youth)
                    || (select cast(row_to_json(l) as text) from personal_link l where l.youth_id = :youth)
                    || (select count(*) from self_report r where r.youth_id = :youth)
                    || (select count(*) from callback b where b.youth_id = :youth)
                    || (select count(*) from objection o where o.youth_id = :youth) as everything""", Map.of("youth", youth), row -> row.text("everything"));
    }

    @Test
    void nobodyElseLearnsOfThePage() {
        get(token)
                .header("Referrer-Policy", "no-referrer")
                .header("Cache-Control", Matchers.containsString("no-store"))
                .header("X-Robots-Tag", "noindex, nofollow")
                .body(Matchers.not(Matchers.containsString("<script")));
        get("x".repeat(22)).statusCode(404).header("Referrer-Policy", "no-referrer");
    }

    @Test
    void aLinkThatOpensNothingAlwaysLooksTheSame() {
        String unknown = page("x".repeat(22));
        String expired = page(link(Duration.ofSeconds(-1)));
        token = link(Duration.ofDays(1));
        campaign.run(
                "update personal_link set revoked_at = created_at where youth_id = :youth", Map.of("youth", youth));
        String revoked = page(token);
        token = link(Duration.ofDays(1));
        campaign.run("update personal_link set revoked_at = null where youth_id = :youth", Map.of("youth", youth));
        get(token).statusCode(200);
        campaign.run("update campaign set state = 'CLOSED' where id = :id", Map.of("id", campaign.id()));
        String closed = page(token);

        assertThat(unknown).contains("plus valable", "01 99 00 01 00");
        assertThat(expired).isEqualTo(unknown);
        assertThat(revoked).isEqualTo(unknown);
        assertThat(closed).isEqualTo(unknown);
        post("/call", "at", slot().toString()).statusCode(404);
    }

    private String page(String of) {
        return get(of).statusCode(404).extract().asString();
    }

    @Test
    void sayingItTwiceIsSayingItOnce() {
        String at = slot().toString();
        for (int i = 0; i < 3; i++) {
            post("/call", "at", at).statusCode(200);
        }
        assertThat(count("callback", "done_at is null")).isEqualTo(1);
        assertThat(count("callback", "true")).isEqualTo(1);
        assertThat(count("text_plan", "kind = 'REMINDER' and state = 'PLANNED'"))
                .isEqualTo(1);

        for (int i = 0; i < 3; i++) {
            post("/number", "number", "06 39 98 77 67").statusCode(200);
            post("/solution", "solution", "EMPLOYMENT").statusCode(200);
            post("/stop", "x", "").statusCode(200);
        }
        assertThat(count("phone_number", "source = 'SELF'")).isEqualTo(1);
        assertThat(count("self_report", "true")).isEqualTo(4);
        assertThat(count("objection", "true")).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "TO_CALL, IN_SOLUTION",
        "CALLBACK, IN_SOLUTION",
        "UNREACHABLE, IN_SOLUTION",
        "REFERRED, REFERRED",
        "REFUSED, REFUSED",
        "WITHDRAWN, WITHDRAWN"
    })
    void aSolutionSettlesWhoIsNotSettledYet(String before, String after) {
        boolean waits = before.equals("TO_CALL") || before.equals("CALLBACK");
        campaign.run("""
                update campaign_youth set state = :state, next_attempt_at = case when :waits then next_attempt_at end,
                       settled_at = case when not :waits then cast(:now as timestamptz) end where youth_id = :youth""", Map.of("state", before, "waits", waits, "now", now, "youth", youth));

        post("/solution", "solution", "APPRENTICESHIP").statusCode(200).body(Matchers.containsString("noté"));

        assertThat(state()).isEqualTo(after);
        assertThat(count("self_report", "kind = 'SOLUTION' and solution = 'APPRENTICESHIP'"))
                .isEqualTo(1);
    }

    @Test
    void whatIsNotOfferedIsRefused() {
        post("/solution", "solution", "LOTTERY").statusCode(400).body(Matchers.containsString("Choisissez"));
        post("/call", "at", "demain").statusCode(400).body(Matchers.containsString("plus libre"));
        post("/call", "at", now.minus(Duration.ofDays(1)).toString()).statusCode(400);
        post("/call", "at", slot().plusSeconds(60).toString()).statusCode(400);
        post("/number", "number", "+88213300000").statusCode(400);
        post("/number", "number", "0899 12 34 56").statusCode(400);
        assertThat(state()).isEqualTo("TO_CALL");
        assertThat(count("callback", "true")).isZero();
    }

    @Test
    void whoHasNoAttemptLeftCannotBookOne() {
        campaign.run(
                "update campaign_youth set state = 'UNREACHABLE', next_attempt_at = null, settled_at = :now, attempts = 10 where youth_id = :youth",
                Map.of("now", now, "youth", youth));

        get(token).statusCode(200).body(Matchers.not(Matchers.containsString("Appelez-moi")));
        post("/call", "at", slot().toString()).statusCode(400).body(Matchers.containsString("Appelez-nous"));
        assertThat(state()).isEqualTo("UNREACHABLE");
    }

    @Test
    void whileAnAgentCallsNothingIsBooked() {
        campaign.run(
                "update campaign_youth set state = 'IN_CALL', next_attempt_at = null where youth_id = :youth",
                Map.of("youth", youth));

        post("/call", "at", slot().toString()).statusCode(400).body(Matchers.containsString("justement"));
        post("/solution", "solution", "SCHOOL").statusCode(400);
        assertThat(state()).isEqualTo("IN_CALL");
        post("/stop", "x", "").statusCode(200);
        assertThat(count("objection", "lifted_at is null")).isEqualTo(1);
    }

    @Test
    void aNewNumberBringsBackWhoHadNoneThatWorked() {
        campaign.run(
                "update campaign_youth set state = 'WRONG_NUMBER', next_attempt_at = null, settled_at = :now where youth_id = :youth",
                Map.of("now", now, "youth", youth));

        post("/number", "number", "06 39 98 77 68").statusCode(200);
        assertThat(state()).isEqualTo("TO_CALL");
        post("/number", "number", "06 39 98 77 69").statusCode(200);
        post("/number", "number", "06 39 98 77 70").statusCode(200);
        post("/number", "number", "06 39 98 77 71").statusCode(400);
        assertThat(count("phone_number", "source = 'SELF'")).isEqualTo(3);
    }

    @Test
    void answersAreFewAnHour() {
        for (int i = 0; i < 20; i++) {
            post("/number", "number", "x").statusCode(400);
        }
        post("/number", "number", "06 39 98 77 72").statusCode(429).body(Matchers.containsString("Réessayez"));
        get(token).statusCode(200);
        campaign.run(
                "update personal_link set posts_since = now() - interval '61 minutes' where youth_id = :youth",
                Map.of("youth", youth));
        post("/number", "number", "06 39 98 77 72").statusCode(200);
    }

    /** Supervisors read what was said, and by whom. */
    @Test
    void whatWasSaidStandsInTheFile() {
        post("/solution", "solution", "CIVIC_SERVICE").statusCode(200);
        Page page = browser.page(accounts.signedIn(Role.SUPERVISOR));
        page.navigate("/youths/" + youth + "/calls");

        assertThat(page.getByText("Dit sur sa page : a une solution, en service civique"))
                .isVisible();
        TestingBrowser.look(page, "youth-texts");

        page.onDialog(dialog -> dialog.accept());
        page.getByText("Fermer sa page personnelle").click();
        assertThat(page.getByText("Fermer sa page personnelle")).hasCount(0);
        get(token).statusCode(404);
    }

    private static void look(Page page, String name) {
        TestingBrowser.look(page, name);
        assertThat((Integer) page.evaluate("document.documentElement.scrollWidth"))
                .as("no sideways scrolling")
                .isLessThanOrEqualTo(360);
    }
}
