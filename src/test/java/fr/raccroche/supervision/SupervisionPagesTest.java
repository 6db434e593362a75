package fr.raccroche.supervision;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.WaitForSelectorState;
import fr.raccroche.ApplicationTest;
import fr.raccroche.TestingAccounts;
import fr.raccroche.TestingAccounts.Person;
import fr.raccroche.TestingBrowser;
import fr.raccroche.TestingNode;
import fr.raccroche.TestingQueue;
import fr.raccroche.platform.Database;
import fr.raccroche.security.Account;
import fr.raccroche.security.Role;
import jakarta.inject.Inject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@ApplicationTest
class SupervisionPagesTest {

    @RegisterExtension
    static final TestingBrowser browser = new TestingBrowser();

    @Inject
    Database database;

    @Inject
    TestingAccounts accounts;

    @Inject
    Clock clock;

    private Instant now;
    private TestingQueue campaign;
    private Person supervisor;

    @BeforeEach
    void aBusyCampaign() {
        now = clock.instant();
        campaign = new TestingQueue(database, now);
        supervisor = accounts.signedIn(Role.SUPERVISOR);
        for (String state : List.of("TO_CALL", "TO_CALL", "CALLBACK", "IN_SOLUTION", "UNREACHABLE", "REFUSED")) {
            campaign.youth(state);
        }
        List.of("READY", "IN_CALL", "PAUSED", "WRAP_UP").forEach(this::agent);
        for (String result : List.of("REFERRAL", "VOICEMAIL", "NO_ANSWER", "IN_SOLUTION")) {
            long attempt = campaign.attempt(campaign.youth("NO_REFERRAL"), 1, now);
            campaign.run(
                    "update call_attempt set result = :result where id = :id", Map.of("result", result, "id", attempt));
        }
        long youth = campaign.youth("REFERRED");
        long outcome = campaign.referral(youth, campaign.attempt(youth, 1, now), now);
        campaign.run(
                """
                insert into handoff (campaign_id, youth_id, outcome_id, kind, routed_by, agreed_by, agreed_at, due_on)
                values (:campaign, :youth, :outcome, 'CIO', 'QUEUE', 'YOUTH', :now, :due)""",
                Map.of(
                        "campaign", campaign.id(),
                        "youth", youth,
                        "outcome", outcome,
                        "now", now,
                        "due", Day.of(now).date().minusDays(3)));
    }

    @Test
    void theWallboardIsForEveryone() {
        Page page = browser.page(supervisor);
        var complaints = new ArrayList<String>();
        page.onConsoleMessage(message -> {
            if (message.type().equals("error")) {
                complaints.add(message.text());
            }
        });

        page.navigate("/supervision?campaign=" + campaign.id());

        TestingBrowser.look(page, "supervision");
        assertThat(complaints).isEmpty();
    }

    /** Whatever waits for a supervisor is named with its number and leads to its list, campaign open or not. */
    @Test
    void everythingThatWaitsIsNamedAndLeadsToItsList() {
        campaign.run("""
                insert into sms_message (direction, e164, body, state, created_at)
                values ('IN', '+33639989999', 'Bonjour ?', 'RECEIVED', :at)""", Map.of("at", now));
        long promised = campaign.youth("CALLBACK");
        campaign.run("""
                insert into callback (campaign_id, youth_id, due_at, until, reason, created_at)
                values (:campaign, :youth, :due, :due, 'ASKED', :due)""", Map.of("campaign", campaign.id(), "youth", promised, "due", now.minus(Duration.ofHours(2))));
        var closed = new TestingQueue(database, now);
        closed.youth("NEVER_CALLED");
        closed.run("update campaign set state = 'CLOSED' where id = :id", Map.of("id", closed.id()));
        Page page = browser.page(supervisor);

        page.navigate("/supervision?campaign=" + campaign.id());

        for (String id : List.of("to-callbacks", "to-texts", "to-overdue", "to-unrouted", "to-left")) {
            page.navigate("/supervision?campaign=" + campaign.id());
            var link = page.locator("#" + id);
            assertThat(link.count()).as(id).isEqualTo(1);
            link.click();
            assertThat(page.locator("h1").count()).as(id).isEqualTo(1);
        }
        page.navigate("/supervision/callbacks");
        TestingBrowser.look(page, "callbacks-promised");
        assertThat(page.content()).contains("heure passée");
    }

    @Test
    void thePageChangesByItself() {
        Page page = browser.page(supervisor);
        page.navigate("/supervision?campaign=" + campaign.id());
        assertThat(page.locator("tfoot strong").textContent()).isEqualTo("11");

        campaign.youth("TO_CALL");

        page.locator("tfoot strong").getByText("12").waitFor();
    }

    @Test
    void figuresOfBeforeAreNotShownAsIfTheyWereOfNow() {
        Page page = browser.page(supervisor);
        page.clock().install();
        page.navigate("/supervision?campaign=" + campaign.id());
        assertThat(page.locator("#board").textContent()).contains("État de ");
        assertThat(page.locator("#board-lost").isVisible()).isFalse();

        page.route("**/supervision/board*", route -> route.abort());
        page.clock().runFor(40_000);
        page.locator("#board-lost").getByText("Connexion perdue").waitFor();
        assertThat(page.locator("[data-age]").textContent()).contains("il y a");
        TestingBrowser.look(page, "supervision-lost");

        page.unroute("**/supervision/board*");
        page.clock().runFor(11_000);
        page.locator("#board-lost").waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.HIDDEN));

        campaign.run(
                "delete from session where account_id = :id",
                Map.of("id", supervisor.account().id()));
        page.clock().runFor(11_000);
        page.locator("#board-lost").getByText("Se reconnecter").waitFor();
        assertThat(page.url()).contains("/supervision");
    }

    @Test
    void everyNumberOpensTheListBehindIt() {
        Page page = browser.page(supervisor);
        page.navigate("/supervision?campaign=" + campaign.id());
        List<String> numbers = page.locator("#board td.num a, #board .figure a").all().stream()
                .map(link -> link.textContent() + " " + link.getAttribute("href"))
                .filter(link -> link.contains("/supervision/youths"))
                .toList();
        assertThat(numbers).hasSizeGreaterThan(8);
        for (String number : numbers) {
            page.navigate(number.substring(number.indexOf(' ') + 1));
            int counted = Integer.parseInt(number.substring(0, number.indexOf(' ')));
            assertThat(page.locator(".page-head .muted").textContent())
                    .as(number)
                    .startsWith(counted + " ");
            assertThat(page.locator("tbody tr").count()).as(number).isPositive();
        }
        page.navigate("/supervision/youths?campaign=" + campaign.id() + "&behind=ALL");
        assertThat(page.locator("tbody tr").count()).isEqualTo(11);
        TestingBrowser.look(page, "supervision-youths");
        by(accounts.signedIn(Role.AGENT))
                .get("/supervision/youths?campaign=" + campaign.id())
                .then()
                .statusCode(403);
        by(supervisor).get("/supervision/youths?campaign=0").then().statusCode(404);
    }

    @Test
    void theFragmentIsThePartOfThePageThatLives() {
        by(supervisor)
                .get("/supervision/board?campaign=" + campaign.id())
                .then()
                .statusCode(200)
                .body(containsString("Rappels partenaires en retard"))
                .body(org.hamcrest.Matchers.not(containsString("<html")));
    }

    @Test
    void programsReadTheState() {
        by(supervisor)
                .get("/supervision/state?campaign=" + campaign.id())
                .then()
                .statusCode(200)
                .body("campaign.state", equalTo("RUNNING"))
                .body("youths", equalTo(11))
                .body("states.WITHDRAWN", equalTo(0))
                .body("overdueHandoffs", equalTo(1))
                .body("agents.size()", equalTo(4));
        by(supervisor).get("/supervision/state?campaign=0").then().statusCode(404);
        by(accounts.signedIn(Role.AGENT))
                .get("/supervision/state?campaign=" + campaign.id())
                .then()
                .statusCode(403);
    }

    @Test
    void theStreamSaysOnlyThatSomethingChanged() throws IOException, InterruptedException {
        try (var client = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(
                            URI.create(TestingNode.PRODUCT + "/supervision/events?campaign=" + campaign.id()))
                    .header("Cookie", TestingAccounts.COOKIE + "=" + supervisor.session())
                    .timeout(Duration.ofSeconds(20))
                    .build();
            var response = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
            try (var lines = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
                assertThat(lines.lines().filter(line -> !line.isEmpty()).limit(2))
                        .containsExactlyInAnyOrder(":alive", "data:changed");
            }
            client.shutdownNow();
        }
    }

    private void agent(String state) {
        Account agent = campaign.account(Role.AGENT, null);
        campaign.run(
                """
                insert into agent_presence (account_id, campaign_id, state, since)
                values (:agent, :campaign, :state, :at)""",
                Map.of("agent", agent.id(), "campaign", campaign.id(), "state", state, "at", now.minusSeconds(272)));
    }

    private static io.restassured.specification.RequestSpecification by(Person person) {
        return given().cookie(TestingAccounts.COOKIE, person.session());
    }
}
