package fr.raccroche.desk;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import fr.raccroche.ApplicationTest;
import fr.raccroche.TestingAccounts;
import fr.raccroche.TestingBrowser;
import fr.raccroche.TestingQueue;
import fr.raccroche.platform.Database;
import fr.raccroche.security.Role;
import fr.raccroche.simulator.Simulator;
import fr.raccroche.simulator.run.SimulatorLifecycle;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Map;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Somebody rings, and the agent finds out who it is. */
@ApplicationTest
class CallerTest {

    private static final String SHOWN = "+33199004711";
    private static final String FAMILY = "+33639984711";

    @RegisterExtension
    static final TestingBrowser browser = new TestingBrowser();

    @Inject
    TestingAccounts accounts;

    @Inject
    Database database;

    @Inject
    TestingDay day;

    @Inject
    SimulatorLifecycle network;

    private TestingQueue campaign;
    private Simulator simulator;
    private TestingDesk desk;
    private Page page;

    @BeforeEach
    void agentReady() {
        day.open();
        simulator = network.simulator().orElseThrow();
        campaign = new TestingQueue(database, day.now().plus(Duration.ofDays(200)));
        campaign.run("""
                update campaign set caller_number = :shown, starts_on = '2026-09-01', ends_on = '2029-12-31',
                       script = 'Bonjour, vous êtes bien au service régional d''appui aux jeunes.'
                where id = :id""", Map.of("shown", SHOWN, "id", campaign.id()));
        page = browser.page(accounts.signedIn(Role.AGENT));
        desk = new TestingDesk(page, day);
        desk.open();
        desk.readyFor(campaign.id());
    }

    @AfterEach
    void rest() {
        campaign.run("update campaign set state = 'CLOSED' where id = :id", Map.of("id", campaign.id()));
        page.close();
        simulator.hangUpAll();
        day.calm();
    }

    private long youth(String firstName, String birthDate) {
        long youth = campaign.youth("TO_CALL");
        campaign.run(
                """
                update youth set first_name = :first, name_key = :key, birth_date = :birth,
                       commune_name = 'Saint-Denis' where id = :id""",
                Map.of(
                        "first",
                        firstName,
                        "key",
                        "benali|" + firstName.toLowerCase(Locale.ROOT),
                        "birth",
                        LocalDate.parse(birthDate),
                        "id",
                        youth));
        return youth;
    }

    private void reachedUnder(long youth, String e164) {
        campaign.run("""
                insert into phone_number (youth_id, e164, owner, rank, mobile, source)
                values (:youth, :e164, 'GUARDIAN1', 1, true, 'essai')""", Map.of("youth", youth, "e164", e164));
    }

    @Test
    void brothersAndSistersUnderOneNumberAreToldApart() {
        reachedUnder(youth("Lina", "2009-03-14"), FAMILY);
        reachedUnder(youth("Yanis", "2008-01-02"), FAMILY);

        simulator.receiveCall(FAMILY, SHOWN);
        desk.phase("caller");
        assertThat(page.locator("#caller")).isFocused();
        assertThat(page.locator(".desk-found li")).hasCount(2);
        desk.look("desk-caller");

        page.getByLabel("Un proche").check();
        page.getByText("Yanis Benali").click();
        desk.phase("talk");
        assertThat(page.locator("#who")).containsText("Yanis");
        assertThat(page.locator("#status")).containsText("Appel reçu");
        desk.look("desk-inbound");
        Assertions.assertThat(desk.fits()).as("no scrolling while talking").isTrue();
    }

    @Test
    void aHiddenNumberIsLookedUpByKeyboard() {
        reachedUnder(youth("Ismaël", "2009-06-30"), "+33639984713");

        simulator.receiveCall("anonymous", SHOWN);
        desk.phase("caller");
        assertThat(page.locator(".desk-caller")).containsText("Numéro masqué");
        page.getByLabel("Nom ou prénom").fill("Benali");
        page.getByLabel("Date de naissance").fill("2009-06-29");
        page.keyboard().press("Enter");
        assertThat(page.locator("#caller-found")).containsText("Personne");
        page.getByLabel("Date de naissance").fill("2009-06-30");
        page.keyboard().press("Enter");
        assertThat(page.locator("#caller-found")).containsText("Ismaël");
        desk.look("desk-caller-search");

        page.locator("#caller-found button").click();
        desk.phase("talk");
        assertThat(page.locator(".desk-file")).containsText("Numéro masqué");
    }

    @Test
    void aCallerWhoHangsUpStillWaitsForTheAgentToSaySo() {
        simulator.receiveCall("+33639984712", SHOWN);
        desk.phase("caller");
        page.locator("[data-post='/desk/hangup']").click();
        assertThat(page.locator("#status"))
                .containsText("A raccroché", new LocatorAssertions.ContainsTextOptions().setTimeout(20_000));
        desk.look("desk-caller-over");

        page.getByText("Aucun dossier : terminer").click();
        desk.phase("idle");
    }
}
