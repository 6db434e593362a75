package fr.raccroche.desk;

import static fr.raccroche.Blocking.answer;
import static fr.raccroche.platform.FrenchCalendar.PARIS;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import fr.raccroche.ApplicationTest;
import fr.raccroche.TestingAccounts;
import fr.raccroche.TestingAccounts.Person;
import fr.raccroche.TestingBrowser;
import fr.raccroche.TestingNode;
import fr.raccroche.TestingSupervisor;
import fr.raccroche.platform.Database;
import fr.raccroche.platform.French;
import fr.raccroche.security.Role;
import fr.raccroche.simulator.people.Persona;
import fr.raccroche.simulator.people.Stance;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One call from the first ring to the counsellor's list, in a browser, against the simulated network. */
@ApplicationTest
class CallTest {

    @RegisterExtension
    static final TestingBrowser browser = new TestingBrowser();

    @Inject
    TestingAccounts accounts;

    @Inject
    TestingSupervisor supervisor;

    @Inject
    TestingDay day;

    @Inject
    Database database;

    @BeforeEach
    void morning() {
        day.open();
    }

    @AfterEach
    void rest() {
        day.calm();
    }

    @ParameterizedTest
    @EnumSource(
            value = Stance.class,
            names = {"WANTS_MISSION_LOCALE", "WANTS_CIO"})
    void aYouthWhoSaysYesIsOnTheListOfTheirStructure(Stance wish) {
        List<Persona> people =
                supervisor.people(person -> person.stance() == wish && TestingSupervisor.answersItself(person));
        long campaign = supervisor.campaign("PROGRESSIVE", people);
        var desk = new TestingDesk(browser.page(accounts.signedIn(Role.AGENT)), day);
        Page page = desk.page();

        desk.open();
        desk.look("desk-idle");
        desk.readyFor(campaign);
        desk.untilSomebodySays("Allô ?");
        Persona youth = onScreen(people, page);
        assertThat(desk.ask("Bonjour, je parle bien à")).contains("Oui");
        desk.ask("Que fais-tu");
        desk.look("desk-talk");
        assertThat(desk.fits()).as("no scrolling while talking").isTrue();

        desk.ask("À qui veux-tu parler");
        page.keyboard().press("2");
        page.getByLabel(wish == Stance.WANTS_CIO ? "CIO" : "Mission locale", exactly())
                .check();
        page.getByLabel("Le jeune", exactly()).check();
        page.locator("#note").fill("Préfère être appelé après 17 h.");
        desk.look("desk-referral");
        assertThat(desk.fits()).as("no scrolling while noting").isTrue();

        page.reload();
        desk.connected();
        PlaywrightAssertions.assertThat(page.locator("input[value=REFERRAL]")).isChecked();
        PlaywrightAssertions.assertThat(page.getByLabel("Le jeune", exactly())).isChecked();
        PlaywrightAssertions.assertThat(page.locator("#note")).hasValue("Préfère être appelé après 17 h.");
        desk.look("desk-reloaded");

        String call = desk.key();
        page.keyboard().press("Control+Enter");
        desk.goesOnFrom(call);
        PlaywrightAssertions.assertThat(desk.headset().locator("#questions button"))
                .hasCount(0);
        desk.look("desk-next");
        supervises(campaign);
        calledBy(youth, wish, campaign);
    }

    /** The supervisor's page of a running campaign. */
    private void supervises(long campaign) {
        Page page = browser.page(accounts.signedIn(Role.SUPERVISOR));
        page.navigate("/supervision?campaign=" + campaign);
        TestingBrowser.look(page, "supervision-running");
        page.navigate("/campaigns/" + campaign);
        TestingBrowser.look(page, "campaign-running");
    }

    private void calledBy(Persona youth, Stance wish, long campaign) {
        LocalDate due = day.now().atZone(PARIS).toLocalDate().plusDays(15);
        Map<String, String> handoff = handoff(youth, campaign);
        assertThat(handoff).containsEntry("dueOn", due.toString());
        Person partner = accounts.signedIn(Role.PARTNER, structure(handoff.getOrDefault("structure", ""), wish));
        Page page = browser.page(partner);
        page.navigate("/handoffs?tab=TO_CALL");
        String name = youth.identity().firstName();
        assertThat(page.locator("main").innerText()).contains(name).contains("après 17 h");
        TestingBrowser.look(page, "partner-list");
        page.locator(".card-line", new Page.LocatorOptions().setHasText(name))
                .first()
                .click();
        assertThat(page.locator("main").innerText()).contains(French.day(due)).contains("après 17 h");
        TestingBrowser.look(page, "partner-dossier");
    }

    private Map<String, String> handoff(Persona youth, long campaign) {
        String session = accounts.signedIn(Role.SUPERVISOR).session();
        return await().atMost(Duration.ofSeconds(20))
                .until(
                        () -> given()
                                .baseUri(TestingNode.PRODUCT)
                                .cookie(TestingAccounts.COOKIE, session)
                                .get("/handoffs.json?campaign=" + campaign)
                                .jsonPath()
                                .<Map<String, String>>getList("")
                                .stream()
                                .filter(found -> youth.identity().ine().equals(found.get("ine")))
                                .findFirst()
                                .orElse(Map.of()),
                        found -> !found.isEmpty());
    }

    private long structure(String name, Stance wish) {
        String kind = wish == Stance.WANTS_CIO ? "CIO" : "MISSION_LOCALE";
        return answer(
                database.inTransaction(sql -> sql.query("select id from structure where name = :name and kind = :kind")
                        .set("name", name)
                        .set("kind", kind)
                        .one(row -> row.id("id"))));
    }

    private static Persona onScreen(List<Persona> people, Page page) {
        String heading = page.locator("#who").innerText();
        return people.stream()
                .filter(person -> heading.startsWith(
                        person.identity().firstName() + " " + person.identity().lastName()))
                .findFirst()
                .orElseThrow();
    }

    private static Page.GetByLabelOptions exactly() {
        return new Page.GetByLabelOptions().setExact(true);
    }
}
