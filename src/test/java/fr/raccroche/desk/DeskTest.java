package fr.raccroche.desk;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.ColorScheme;
import fr.raccroche.TestingAccounts;
import fr.raccroche.TestingBrowser;
import fr.raccroche.TestingNode;
import fr.raccroche.TestingSupervisor;
import fr.raccroche.security.Role;
import fr.raccroche.simulator.Persona.Stance;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The desk at the end of a long day: hands, lines, tabs and servers that falter. */
@QuarkusTest
@QuarkusTestResource(TestingNode.class)
class DeskTest {

    @RegisterExtension
    static final TestingBrowser browser = new TestingBrowser();

    @Inject
    TestingAccounts accounts;

    @Inject
    TestingSupervisor supervisor;

    @Inject
    TestingDay day;

    private TestingDesk desk;
    private Page page;

    @BeforeEach
    void morning() {
        day.open();
        page = browser.page(accounts.signedIn(Role.AGENT), ColorScheme.LIGHT);
        desk = new TestingDesk(page, day);
    }

    @AfterEach
    void rest() {
        page.close();
        day.calm();
    }

    @Test
    void whatWasNotedOutlivesTheLineAndIsRecordedOnce() {
        talk();
        page.keyboard().press("F3");
        page.getByLabel("Note").fill("Se débrouille, ne souhaite rien.");

        desk.headset().locator("#questions button").getByText("Au revoir").click();
        assertThat(page.locator("#status"))
                .hasAttribute(
                        "data-presence", "WRAP_UP", new LocatorAssertions.HasAttributeOptions().setTimeout(20_000));
        assertThat(page.locator("[data-post='/desk/hangup']")).hasCount(0);
        assertThat(page.getByLabel("Note")).hasValue("Se débrouille, ne souhaite rien.");
        desk.look("desk-wrap-up");

        String call = desk.key();
        int noted = desk.noted();
        page.getByText("Enregistrer et faire une pause").dblclick();
        desk.goesOnFrom(call);
        assertThat(page.locator("#status")).hasAttribute("data-presence", "PAUSED");
        Assertions.assertThat(desk.noted()).isEqualTo(noted + 1);
        desk.look("desk-paused");
    }

    @Test
    void aServerThatIsAwayIsAskedAgain() {
        talk();
        String call = desk.key();
        int noted = desk.noted();
        page.route("**/desk/*", Route::abort);
        page.keyboard().press("F3");
        page.getByLabel("Note").fill("Rappeler en janvier.");
        page.keyboard().press("Control+Enter");
        page.keyboard().press("Control+Enter");
        assertThat(page.locator("#draft-state")).containsText("nouvel essai");
        desk.look("desk-server-away");

        page.unroute("**/desk/*");
        desk.goesOnFrom(call);
        Assertions.assertThat(desk.noted()).isEqualTo(noted + 1);
    }

    @Test
    void anIncompleteAnswerSaysWhatIsMissing() {
        talk();
        page.keyboard().press("Control+Enter");
        assertThat(page.locator("#outcome-error")).hasText("Choisissez l'issue de l'appel.");
        page.keyboard().press("F2");
        page.keyboard().press("Control+Enter");
        assertThat(page.locator("#outcome-error")).hasText("Choisissez CIO ou mission locale.");
        assertThat(page.locator("#k1")).isFocused();
        desk.look("desk-incomplete");
    }

    @Test
    void theHeadsetIsInOneTabAndGoesToTheNextWhenThatOneCloses() {
        desk.open();
        var second = new TestingDesk(page.context().newPage(), day);
        second.page().navigate("/desk");
        assertThat(second.page().locator("#elsewhere")).isVisible();
        second.look("desk-second-tab");
        assertThat(desk.headset().locator("#state")).hasText("Casque connecté");

        page.close();
        second.connected();
        assertThat(second.page().locator("#elsewhere")).isHidden();
    }

    @Test
    void aPreviewedFileIsPassedOrCalled() {
        long campaign = supervisor.campaign(
                "PREVIEW",
                supervisor.people(
                        person -> person.stance() == Stance.IN_SOLUTION && TestingSupervisor.answersItself(person)));
        desk.open();
        desk.readyFor(campaign);
        desk.phase("preview");
        desk.look("desk-preview");
        Locator name = page.locator("#who");
        String passed = name.innerText();

        page.keyboard().press("Alt+p");
        assertThat(name).not().hasText(passed);
        desk.phase("preview");
        page.keyboard().press("Enter");
        assertThat(page.locator("#work")).not().hasAttribute("data-phase", "preview");
        desk.look("desk-preview-called");
    }

    @Test
    void theKeysOfThePageAreShown() {
        desk.open();
        page.keyboard().press("?");
        assertThat(page.locator("#keys")).isVisible();
        desk.look("desk-keys");
    }

    private void talk() {
        long campaign = supervisor.campaign(
                "PROGRESSIVE",
                supervisor.people(
                        person -> person.stance() == Stance.IN_SOLUTION && TestingSupervisor.answersItself(person)));
        desk.open();
        desk.readyFor(campaign);
        desk.untilSomebodySays("Allô ?");
    }
}
