package fr.raccroche.desk;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import fr.raccroche.ApplicationTest;
import fr.raccroche.TestingAccounts;
import fr.raccroche.TestingAccounts.Person;
import fr.raccroche.TestingBrowser;
import fr.raccroche.TestingQueue;
import fr.raccroche.dialing.TestingCall;
import fr.raccroche.platform.Database;
import fr.raccroche.platform.Tokens;
import fr.raccroche.security.Role;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.assertj.core.api.Assertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An agent promises a call and finds it again. */
@ApplicationTest
class CallbackPagesTest {

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

    @Test
    void theFullnessOfEachHalfHourIsSeenBeforeACallIsPromised() {
        day.open();
        Instant now = day.now();
        Person agent = accounts.signedIn(Role.AGENT);
        var campaign = new TestingQueue(database, now);
        campaign.run(
                "update campaign set starts_on = '2026-09-01', ends_on = '2029-12-31', mode = 'PREVIEW' where id = :id",
                Map.of("id", campaign.id()));
        for (int i = 0; i < 7; i++) {
            booked(campaign, now.plus(Duration.ofHours(i < 4 ? 4 : 5)), null);
        }
        booked(campaign, now.plus(Duration.ofHours(6)), agent.account().id());
        long youth = campaign.youth("TO_CALL");
        var call = TestingCall.open(
                campaign,
                tokens,
                youth,
                campaign.number(youth, "YOUTH"),
                agent.account().id(),
                1,
                now);
        call.talked(campaign, now);
        Page page = browser.page(agent);

        page.navigate("/desk");
        page.keyboard().press("4");
        Locator slots = page.locator(".slots button");
        slots.first().waitFor();
        Assertions.assertThat(slots.count()).isGreaterThan(60);
        assertThat(page.locator(".slot-4")).hasCount(1);
        slots.nth(30).click();
        assertThat(slots.nth(30)).hasAttribute("aria-pressed", "true");
        assertThat(page.locator("#callbackAt"))
                .hasValue(String.valueOf(slots.nth(30).getAttribute("data-slot")));
        page.getByLabel("Avec moi").check();
        TestingBrowser.look(page, "desk-callback");

        page.keyboard().press("Control+Enter");
        assertThat(page.locator("#work")).hasAttribute("data-phase", "idle");
        page.navigate("/desk/callbacks");
        assertThat(page.locator("main table tbody tr").first()).containsText("Lina Benali");
        TestingBrowser.look(page, "desk-promises");
        campaign.run("update campaign set state = 'CLOSED' where id = :id", Map.of("id", campaign.id()));
    }

    private static void booked(TestingQueue campaign, Instant at, @Nullable Long agent) {
        long youth = campaign.youth("CALLBACK");
        campaign.run(
                """
                insert into callback (campaign_id, youth_id, due_at, until, reason, agent_id, created_at)
                values (:campaign, :youth, :at, :at, 'ASKED', nullif(cast(:agent as bigint), 0), :at)""", Map.of("campaign", campaign.id(), "youth", youth, "at", at, "agent", agent == null ? 0L : agent));
    }
}
