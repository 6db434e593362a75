package fr.raccroche.desk;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static fr.raccroche.Blocking.answer;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.assertions.LocatorAssertions;
import fr.raccroche.ApplicationTest;
import fr.raccroche.TestingAccounts;
import fr.raccroche.TestingBrowser;
import fr.raccroche.TestingSupervisor;
import fr.raccroche.dialing.TestingRounds;
import fr.raccroche.platform.Database;
import fr.raccroche.security.Role;
import fr.raccroche.simulator.people.Persona;
import fr.raccroche.simulator.people.Scenario;
import fr.raccroche.simulator.people.Stance;
import fr.raccroche.simulator.run.SimulatorLifecycle;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The desk at the end of a long day: hands, lines, tabs and servers that falter. */
@ApplicationTest
class DeskTest {

    @RegisterExtension
    static final TestingBrowser browser = new TestingBrowser();

    @Inject
    TestingAccounts accounts;

    @Inject
    TestingSupervisor supervisor;

    @Inject
    TestingDay day;

    @Inject
    TestingRounds rounds;

    @Inject
    Database database;

    @Inject
    SimulatorLifecycle network;

    private TestingDesk desk;
    private Page page;

    @BeforeEach
    void morning() {
        day.open();
        page = browser.page(accounts.signedIn(Role.AGENT));
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
        page.keyboard().press("3");
        page.locator("#note").fill("Se débrouille, ne souhaite rien.");

        desk.headset().locator("#questions button").getByText("Au revoir").click();
        assertThat(page.locator("#status"))
                .hasAttribute(
                        "data-presence", "WRAP_UP", new LocatorAssertions.HasAttributeOptions().setTimeout(20_000));
        assertThat(page.locator("[data-post='/desk/hangup']")).isDisabled();
        assertThat(page.locator("#note")).hasValue("Se débrouille, ne souhaite rien.");
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
        page.keyboard().press("3");
        page.locator("#note").fill("Rappeler en janvier.");
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
        page.keyboard().press("2");
        page.keyboard().press("Control+Enter");
        assertThat(page.locator("#outcome-error")).containsText("Choisissez CIO ou mission locale.");
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
    void aFileThatNobodyDecidesAboutGoesBackAndTwoInARowAreAPause() {
        long campaign = supervisor.campaign(
                "PREVIEW",
                supervisor.people(
                        person -> person.stance() == Stance.IN_SOLUTION && TestingSupervisor.answersItself(person)));
        reading(campaign, 15);
        desk.open();
        desk.readyFor(campaign);
        desk.phase("preview");
        assertThat(page.locator(".desk-countdown")).hasText(Pattern.compile("encore 00:1\\d"));
        desk.look("desk-preview-countdown");
        String first = desk.key();
        assertThat(page.locator("#said")).hasText("Ce dossier vous attend encore 10 secondes.", patiently());

        desk.goesOnFrom(first);
        desk.phase("preview");
        Assertions.assertThat(results(campaign)).containsExactly("PASSED 0");
        aMinuteLater(campaign);
        assertThat(page.locator("#status")).hasAttribute("data-presence", "PAUSED", attributePatiently());
        assertThat(page.getByText("Deux dossiers de suite sont retournés dans la file"))
                .isVisible();
        desk.look("desk-preview-stopped");
        Assertions.assertThat(results(campaign)).containsExactly("PASSED 0", "PASSED 0");

        desk.readyFor(campaign);
        desk.phase("preview");
        String read = desk.key();
        page.keyboard().press("Alt+p");
        desk.goesOnFrom(read);
        desk.phase("preview");
    }

    private static LocatorAssertions.HasTextOptions patiently() {
        return new LocatorAssertions.HasTextOptions().setTimeout(20_000);
    }

    private static LocatorAssertions.HasAttributeOptions attributePatiently() {
        return new LocatorAssertions.HasAttributeOptions().setTimeout(20_000);
    }

    private void reading(long campaign, int seconds) {
        answer(database.inTransaction(sql -> sql.update("update campaign set preview_seconds = :seconds where id = :id")
                .set("seconds", seconds)
                .set("id", campaign)
                .run()));
    }

    private void aMinuteLater(long campaign) {
        answer(database.inTransaction(sql -> sql.update("""
                        update call_attempt set created_at = created_at - interval '1 minute'
                        where campaign_id = :id and closed_at is null""").set("id", campaign).run()));
    }

    /** Results of closed attempts with how many of the ten they used, oldest first. */
    private List<String> results(long campaign) {
        return answer(
                database.inTransaction(sql -> sql.query("""
                        select result || ' ' || count(n) over (partition by id) as result from call_attempt
                        where campaign_id = :id and closed_at is not null order by id""").set("id", campaign).list(row -> row.text("result"))));
    }

    @Test
    void aMachineIsToldAndGetsTheMessageWhileTheAgentGoesOn() {
        var simulator = network.simulator().orElseThrow();
        List<Persona> people = supervisor.people(
                person -> person.stance() == Stance.IN_SOLUTION && TestingSupervisor.answersItself(person));
        people.forEach(person -> person.lines()
                .forEach(line -> simulator.knobs().script(line.number(), Scenario.VOICEMAIL, Scenario.VOICEMAIL)));
        long campaign = supervisor.campaign("PROGRESSIVE", people);
        desk.open();
        desk.readyFor(campaign);
        day.hurry();
        desk.phase("talk");
        assertThat(page.getByText("Répondeur probable"))
                .isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(20_000));
        day.calm();
        desk.look("desk-machine");
        String call = desk.key();
        String sid = callSid(campaign);

        page.keyboard().press("Alt+m");
        desk.goesOnFrom(call);
        Assertions.assertThat(results(campaign)).containsExactly("VOICEMAIL 1");
        Assertions.assertThat(isOnTheLine(sid)).as("the message is being said").isTrue();
        rounds.sweep();
        Assertions.assertThat(isOnTheLine(sid)).as("and nobody cuts it off").isTrue();
        day.hurry();
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> !isOnTheLine(sid));
        simulator.knobs().reset();
    }

    private String callSid(long campaign) {
        return answer(database.inTransaction(
                sql -> sql.query("select call_sid from call_attempt where campaign_id = :id and closed_at is null")
                        .set("id", campaign)
                        .one(row -> row.text("call_sid"))));
    }

    private boolean isOnTheLine(String sid) {
        return network.simulator().orElseThrow().ledger().rings().stream()
                .anyMatch(ring -> ring.callSid().equals(sid) && ring.end().isEmpty());
    }

    @Test
    void theKeysOfThePageAreShown() {
        desk.open();
        page.keyboard().press("?");
        assertThat(page.locator("#keys")).isVisible();
        desk.look("desk-keys");
    }

    /** Whoever wrote before the call is answered by somebody who knows what they wrote. */
    @Test
    void whatTheYouthWroteIsReadBeforeTheyAreAnsweredAndThenNoLongerNew() {
        long campaign = campaign();
        answer(database.inTransaction(sql ->
                sql.update("""
                        insert into sms_message (direction, youth_id, e164, body, sid, state, created_at)
                        select 'IN', youth_id, '+33639980000', 'Je suis <b>libre</b> après 17 h, ' || youth_id,
                               'SM' || campaign_id || '-' || youth_id, 'RECEIVED', :at
                        from campaign_youth where campaign_id = :campaign""").set("at", day.now()).set("campaign", campaign).run()));
        talk(campaign);

        assertThat(page.locator("#work h3").first()).hasText("Réponses par SMS");
        assertThat(page.locator(".desk-texts li")).hasCount(1);
        assertThat(page.locator(".desk-texts li")).containsText("Je suis <b>libre</b> après 17 h, ");
        assertThat(page.locator(".desk-texts .state")).hasText("À lire");
        desk.look("desk-texts");

        String call = desk.key();
        page.keyboard().press("3");
        page.keyboard().press("Control+Enter");
        desk.goesOnFrom(call);
        Assertions.assertThat(ask(campaign, "select count(*) as n from outcome where campaign_id = :id"))
                .isPositive()
                .isEqualTo(ask(campaign, """
                        select count(*) as n from sms_message m join outcome o on o.youth_id = m.youth_id
                        where o.campaign_id = :id and m.direction = 'IN' and m.handled_at is not null"""));
    }

    private long ask(long campaign, String question) {
        return answer(database.inTransaction(
                sql -> sql.query(question).set("id", campaign).one(row -> row.id("n"))));
    }

    private void talk() {
        talk(campaign());
    }

    private long campaign() {
        return supervisor.campaign(
                "PROGRESSIVE",
                supervisor.people(
                        person -> person.stance() == Stance.IN_SOLUTION && TestingSupervisor.answersItself(person)));
    }

    private void talk(long campaign) {
        desk.open();
        desk.readyFor(campaign);
        desk.untilSomebodySays("Allô ?");
    }
}
