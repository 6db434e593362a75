package fr.raccroche.desk;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Page;
import fr.raccroche.ApplicationTest;
import fr.raccroche.TestingAccounts;
import fr.raccroche.TestingAccounts.Person;
import fr.raccroche.TestingBrowser;
import fr.raccroche.TestingNode;
import fr.raccroche.TestingQueue;
import fr.raccroche.dialing.TestingCall;
import fr.raccroche.directory.StructureKind;
import fr.raccroche.platform.Database;
import fr.raccroche.platform.FrenchCalendar;
import fr.raccroche.platform.Tokens;
import fr.raccroche.security.Role;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What was recorded of a call is put right, with what followed from it; the ledger keeps both. */
@ApplicationTest
class CorrectionTest {

    @RegisterExtension
    static final TestingBrowser browser = new TestingBrowser();

    @Inject
    TestingAccounts accounts;

    @Inject
    Database database;

    @Inject
    Tokens tokens;

    @Inject
    TestingDay day;

    private Person agent;
    private TestingQueue campaign;
    private TestingCall call;
    private long phone;
    private long structure;
    private Instant now;

    @BeforeEach
    void aCall() {
        day.open();
        now = day.now();
        agent = accounts.signedIn(Role.AGENT);
        campaign = new TestingQueue(database, now);
        campaign.run(
                "update campaign set starts_on = '2026-09-01', ends_on = '2029-12-31', mode = 'PREVIEW' where id = :id",
                Map.of("id", campaign.id()));
        structure = campaign.structure(StructureKind.CIO);
        long youth = campaign.youth("TO_CALL", campaign.commune(structure));
        phone = campaign.number(youth, "YOUTH");
        call = TestingCall.open(campaign, tokens, youth, phone, agent.account().id(), 1, now);
        call.talked(campaign, now);
    }

    @AfterEach
    void rest() {
        campaign.run("update campaign set state = 'CLOSED' where id = :id", Map.of("id", campaign.id()));
    }

    private Response post(Person who, String path, Map<String, String> fields) {
        return RestAssured.given()
                .baseUri(TestingNode.PRODUCT)
                .redirects()
                .follow(false)
                .cookie(TestingAccounts.COOKIE, who.session())
                .header("Origin", TestingNode.PRODUCT)
                .accept("application/json")
                .formParams(fields)
                .post(path);
    }

    private void record(Map<String, String> fields) {
        var form = new HashMap<>(fields);
        form.put("attemptId", Long.toString(call.id()));
        form.put("actionId", call.actionId());
        form.put("next", "PAUSED");
        assertThat(post(agent, "/desk/outcome", form).statusCode()).isEqualTo(204);
    }

    private Response correct(Map<String, String> fields) {
        return post(agent, "/desk/last/" + call.id(), fields);
    }

    private String numberState() {
        return campaign.ask("select state from phone_number where id = :id", Map.of("id", phone), r -> r.text("state"));
    }

    private String at(Duration later) {
        return now.plus(later)
                .atZone(FrenchCalendar.PARIS)
                .toLocalDateTime()
                .withSecond(0)
                .withNano(0)
                .toString();
    }

    private long promises() {
        return campaign.count(
                "select count(*) as n from callback where campaign_id = :campaign and youth_id = :youth and done_at is null",
                Map.of("campaign", campaign.id(), "youth", call.youth()));
    }

    private long handoffs() {
        return campaign.count(
                "select count(*) as n from handoff where campaign_id = :campaign", Map.of("campaign", campaign.id()));
    }

    @Test
    void aWrongNumberThatWasASlipIsCalledAgain() {
        record(Map.of("outcome", "WRONG_NUMBER"));
        assertThat(campaign.place(call.youth())).isEqualTo("WRONG_NUMBER");

        assertThat(correct(Map.of("outcome", "INTERRUPTED", "note", "a raccroché"))
                        .statusCode())
                .isEqualTo(204);

        assertThat(campaign.place(call.youth())).isEqualTo("TO_CALL");
        assertThat(numberState()).isEqualTo("VALID");
        assertThat(campaign.<String>ask(
                        "select result from call_attempt where id = :id",
                        Map.of("id", call.id()),
                        r -> r.text("result")))
                .isEqualTo("INTERRUPTED");
    }

    @Test
    void aVoicemailTeachesNothingAboutANumberThatWasSaidToBeWrong() {
        record(Map.of("outcome", "WRONG_NUMBER"));

        assertThat(correct(Map.of("outcome", "VOICEMAIL")).statusCode()).isEqualTo(204);

        assertThat(numberState()).isEqualTo("UNTRIED");
        assertThat(campaign.place(call.youth())).isEqualTo("TO_CALL");
    }

    @ParameterizedTest
    @CsvSource({"IN_SOLUTION, IN_SOLUTION", "REFUSED, TO_CALL"})
    void whatTheSlipSettledInAnotherCampaignIsOpenThereAgain(String slip, String elsewhere) {
        var other = new TestingQueue(database, now);
        other.run(
                "update campaign set starts_on = '2026-09-01', ends_on = '2029-12-31' where id = :id",
                Map.of("id", other.id()));
        other.run("""
                insert into campaign_youth (campaign_id, youth_id, state, next_attempt_at)
                values (:campaign, :youth, 'TO_CALL', :at)""", Map.of("campaign", other.id(), "youth", call.youth(), "at", now));
        record(Map.of("outcome", slip, "solution", "SCHOOL"));
        assertThat(other.place(call.youth())).isEqualTo(elsewhere);
        assertThat(soon(other)).as("left alone there").isZero();

        assertThat(correct(Map.of("outcome", "INTERRUPTED")).statusCode()).isEqualTo(204);

        assertThat(other.place(call.youth())).isEqualTo("TO_CALL");
        assertThat(soon(other)).as("and called again").isEqualTo(1);
        other.run("update campaign set state = 'CLOSED' where id = :id", Map.of("id", other.id()));
    }

    private long soon(TestingQueue where) {
        return where.count(
                """
                select count(*) as n from campaign_youth where campaign_id = :campaign and youth_id = :youth
                   and next_attempt_at < :soon""", Map.of("campaign", where.id(), "youth", call.youth(), "soon", now.plus(Duration.ofDays(30))));
    }

    @Test
    void theLedgerKeepsBoth() {
        record(Map.of("outcome", "IN_SOLUTION", "solution", "TRAINING", "note", "en formation"));
        assertThat(correct(Map.of("outcome", "REFUSED", "note", "ne veut pas parler"))
                        .statusCode())
                .isEqualTo(204);

        assertThat(campaign.<String>ask("""
                        select o.kind || ' ' || o.note || ' | ' || c.kind || ' ' || c.solution || ' ' || c.note as both
                        from outcome o join outcome_correction c on c.outcome_id = o.id
                        where o.attempt_id = :id and c.account_id = :agent""", Map.of("id", call.id(), "agent", call.agent()), row -> row.text("both")))
                .isEqualTo("REFUSED ne veut pas parler | IN_SOLUTION TRAINING en formation");
        assertThat(campaign.place(call.youth())).isEqualTo("REFUSED");
    }

    @Test
    void aPromiseForTheWrongHourIsMovedAndOneThatWasNoneEnds() {
        record(Map.of("outcome", "CALLBACK", "callbackAt", at(Duration.ofHours(5))));
        String later = at(Duration.ofHours(6));
        assertThat(correct(Map.of("outcome", "CALLBACK", "callbackAt", later)).statusCode())
                .isEqualTo(204);
        assertThat(campaign.<Instant>ask(
                                "select due_at from callback where campaign_id = :campaign and youth_id = :youth and done_at is null",
                                Map.of("campaign", campaign.id(), "youth", call.youth()),
                                row -> row.instant("due_at"))
                        .atZone(FrenchCalendar.PARIS)
                        .toLocalDateTime())
                .hasToString(later);

        assertThat(correct(Map.of("outcome", "NO_REFERRAL")).statusCode()).isEqualTo(204);
        assertThat(promises()).isZero();
        assertThat(campaign.place(call.youth())).isEqualTo("NO_REFERRAL");

        assertThat(correct(Map.of("outcome", "CALLBACK", "callbackAt", later)).statusCode())
                .isEqualTo(204);
        assertThat(promises()).isEqualTo(1);
        assertThat(campaign.place(call.youth())).isEqualTo("CALLBACK");
    }

    @Test
    void anAgreementThatWasNoneIsTakenBackBeforeAnybodySeesIt() {
        record(Map.of("outcome", "REFERRAL", "structureKind", "CIO", "agreedBy", "YOUTH"));
        await().untilAsserted(() -> assertThat(handoffs()).isEqualTo(1));

        assertThat(correct(Map.of("outcome", "NO_REFERRAL")).statusCode()).isEqualTo(204);
        assertThat(handoffs()).isZero();

        assertThat(correct(Map.of("outcome", "REFERRAL", "structureKind", "CIO", "agreedBy", "YOUTH"))
                        .statusCode())
                .isEqualTo(204);
        await().untilAsserted(() -> assertThat(handoffs()).isEqualTo(1));
    }

    @Test
    void whatAStructureHasOpenedIsNotTakenBackBehindItsBack() {
        record(Map.of("outcome", "REFERRAL", "structureKind", "CIO", "agreedBy", "YOUTH"));
        await().untilAsserted(() -> assertThat(handoffs()).isEqualTo(1));
        Person partner = accounts.signedIn(Role.PARTNER, structure);
        long handoff = campaign.count(
                "select id as n from handoff where campaign_id = :campaign", Map.of("campaign", campaign.id()));
        RestAssured.given()
                .baseUri(TestingNode.PRODUCT)
                .cookie(TestingAccounts.COOKIE, partner.session())
                .get("/handoffs/" + handoff)
                .then()
                .statusCode(200);

        Response refused = correct(Map.of("outcome", "NO_REFERRAL"));
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.jsonPath().getString("code")).isEqualTo("handoff-taken");
        assertThat(handoffs()).isEqualTo(1);
        assertThat(campaign.place(call.youth())).isEqualTo("REFERRED");

        assertThat(correct(Map.of("outcome", "OBJECTED")).statusCode())
                .as("a no comes before")
                .isEqualTo(204);
        assertThat(campaign.place(call.youth())).isEqualTo("OBJECTED");
    }

    @Test
    void aNoIsTakenBackByASupervisorWhoSaysWhy() {
        record(Map.of("outcome", "OBJECTED"));
        assertThat(correct(Map.of("outcome", "INTERRUPTED")).statusCode()).isEqualTo(409);
        assertThat(campaign.place(call.youth())).isEqualTo("OBJECTED");

        Person supervisor = accounts.signedIn(Role.SUPERVISOR);
        String path = "/corrections/" + call.id();
        assertThat(post(supervisor, path, Map.of("outcome", "INTERRUPTED")).statusCode())
                .isEqualTo(400);
        assertThat(post(supervisor, path, Map.of("outcome", "INTERRUPTED", "reason", "mauvaise touche"))
                        .statusCode())
                .isEqualTo(303);
        assertThat(campaign.place(call.youth())).isEqualTo("TO_CALL");
        assertThat(campaign.count(
                        "select count(*) as n from objection where youth_id = :youth and lifted_at is null",
                        Map.of("youth", call.youth())))
                .isZero();
    }

    @Test
    void anotherAgentsCallIsNotCorrected() {
        record(Map.of("outcome", "REFUSED"));
        Person other = accounts.signedIn(Role.AGENT);

        assertThat(post(
                                other,
                                "/desk/last/" + call.id(),
                                Map.of("outcome", "CALLBACK", "callbackAt", at(Duration.ofHours(5))))
                        .statusCode())
                .isEqualTo(404);
        assertThat(campaign.place(call.youth())).isEqualTo("REFUSED");
    }

    @Test
    void anAgentCorrectsTheLastCallFromTheDesk() {
        record(Map.of("outcome", "REFUSED", "note", "Non merci."));
        Page page = browser.page(agent);
        page.navigate("/desk");
        page.keyboard().press("Alt+z");
        assertThat(page.locator("#last")).containsText("Refus de parler");
        TestingDesk.lookStrictly(page, "desk-last");
        page.locator("[data-recall]").click();
        page.locator("#c-outcome").selectOption("CALLBACK");
        page.locator("#correction button").first().click();
        assertThat(page.locator("#correction-error")).hasText("Indiquez le jour et l'heure du rappel.");
        assertThat(page.locator("#c-callback")).hasAttribute("aria-invalid", "true");
        TestingDesk.lookStrictly(page, "desk-correction");
        page.setViewportSize(390, 844);
        TestingDesk.lookStrictly(page, "desk-correction-phone");

        page.locator("#c-callback").fill(at(Duration.ofHours(5)));
        page.locator("#correction button").first().click();
        assertThat(page.locator("#last")).containsText("(corrigé)");
        assertThat(promises()).isEqualTo(1);
        page.close();
    }

    @Test
    void aSupervisorCorrectsACallFromTheYouthsFile() {
        record(Map.of("outcome", "REFUSED", "note", "Non merci."));
        Page page = browser.page(accounts.signedIn(Role.SUPERVISOR));
        page.navigate("/youths/" + call.youth() + "/calls");
        page.getByText("corriger").first().click();
        page.locator("#c-outcome").selectOption("IN_SOLUTION");
        page.locator("#reason").fill("L'agente s'est trompée de ligne.");
        page.getByText("Corriger").last().click();
        assertThat(page.locator("main")).containsText("Précisez dans quelle solution est le jeune.");
        assertThat(page.locator("#reason")).hasValue("L'agente s'est trompée de ligne.");
        TestingDesk.lookStrictly(page, "correction-refused");
        page.locator("#c-solution").selectOption("SCHOOL");
        page.locator("form.correction button").click();
        assertThat(page.locator("main")).containsText("Enregistré");
        assertThat(campaign.place(call.youth())).isEqualTo("IN_SOLUTION");
        page.navigate("/corrections/" + call.id());
        assertThat(page.locator("main")).containsText("Non merci.");
        assertThat(page.locator("main")).containsText("L'agente s'est trompée de ligne.");
        TestingDesk.lookStrictly(page, "correction-history");
        page.setViewportSize(390, 844);
        TestingDesk.lookStrictly(page, "correction-history-phone");
        page.close();
    }
}
