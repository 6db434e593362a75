package fr.raccroche.desk;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Dialog;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.BoundingBox;
import fr.raccroche.ApplicationTest;
import fr.raccroche.TestingAccounts;
import fr.raccroche.TestingAccounts.Person;
import fr.raccroche.TestingBrowser;
import fr.raccroche.TestingQueue;
import fr.raccroche.dialing.TestingCall;
import fr.raccroche.directory.StructureKind;
import fr.raccroche.platform.Database;
import fr.raccroche.platform.Tokens;
import fr.raccroche.security.Role;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Slips of the hand at the desk: none ends a call, a number or a person's calls, and none loses what was typed. */
@ApplicationTest
class SlipsTest {

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
    private Page page;

    @BeforeEach
    void aCallToNote() {
        day.open();
        Instant now = day.now();
        agent = accounts.signedIn(Role.AGENT);
        campaign = new TestingQueue(database, now);
        campaign.run(
                "update campaign set starts_on = '2026-09-01', ends_on = '2029-12-31', mode = 'PREVIEW' where id = :id",
                Map.of("id", campaign.id()));
        call = nextCall();
        call.talked(campaign, now);
        page = browser.page(agent);
        page.navigate("/desk");
    }

    private TestingCall nextCall() {
        long youth = campaign.youth("TO_CALL");
        campaign.guardian(youth, 1, campaign.commune());
        long phone = campaign.number(youth, "GUARDIAN1");
        return TestingCall.open(campaign, tokens, youth, phone, agent.account().id(), 1, day.now());
    }

    @AfterEach
    void rest() {
        page.close();
        campaign.run("update campaign set state = 'CLOSED' where id = :id", Map.of("id", campaign.id()));
    }

    private long recorded() {
        return campaign.count("select count(*) as n from outcome where campaign_id = :id", Map.of("id", campaign.id()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "F1",
                "F2",
                "F3",
                "F4",
                "F5",
                "F6",
                "F7",
                "F8",
                "F9",
                "F10",
                "F11",
                "F12",
                "Control+1",
                "Alt+1",
                "Control+5",
                "Alt+n",
                "Control+o",
                "Meta+2",
                "Control+Alt+7"
            })
    void aKeyOfTheBrowserChoosesNothing(String key) {
        page.keyboard().press(key);

        assertThat(page.locator("input[name=outcome]:checked")).hasCount(0);
    }

    @Test
    void everyOutcomeHasItsKeyAndNoneIsTypedIntoTheNote() {
        for (Outcome outcome : Outcome.values()) {
            page.keyboard().press(String.valueOf(outcome.key()));
            assertThat(page.locator("input[value=" + outcome + "]")).isChecked();
            page.locator("input[name=outcome]").first().focus();
        }
        page.locator("#note").fill("appeler le ");
        page.keyboard().type("15");
        assertThat(page.locator("#note")).hasValue("appeler le 15");
        page.keyboard().press("Escape");
        page.keyboard().press("8");
        assertThat(page.locator("input[value=INTERRUPTED]")).isChecked();
    }

    @ParameterizedTest
    @CsvSource({"n, WRONG_NUMBER", "o, OBJECTED"})
    void whatCannotBeTakenBackIsConfirmedFirst(String key, Outcome outcome) {
        page.keyboard().press(key);
        page.keyboard().press("Control+Enter");
        assertThat(page.locator("#outcome-error")).containsText("Confirmez");
        TestingDesk.lookStrictly(page, "desk-sure-" + outcome.name().toLowerCase(Locale.ROOT));
        Assertions.assertThat(recorded()).isZero();

        page.keyboard().press(key);
        page.keyboard().press("Control+Enter");
        assertThat(page.locator("#work")).hasAttribute("data-phase", "idle");
        Assertions.assertThat(recorded()).isEqualTo(1);
    }

    @Test
    void aConfirmationHoldsForNoOtherChoice() {
        page.keyboard().press("n");
        page.keyboard().press("n");
        page.keyboard().press("3");
        page.keyboard().press("Escape");
        page.keyboard().press("n");
        page.keyboard().press("Control+Enter");

        assertThat(page.locator("#outcome-error")).containsText("Confirmez");
        Assertions.assertThat(recorded()).isZero();
    }

    private void onTheLine(String answeredBy) {
        campaign.run("""
                update call_attempt set state = 'ANSWERED', call_sid = 'CA' || token, ended_at = null,
                       answered_by = :by, changed_at = now() + interval '1 hour' where id = :id""", Map.of("id", call.id(), "by", answeredBy));
        campaign.run(
                "update agent_presence set state = 'IN_CALL' where account_id = :agent", Map.of("agent", call.agent()));
        page.evaluate("raccroche.desk.refresh()");
        assertThat(page.locator("#status")).hasAttribute("data-presence", "IN_CALL");
    }

    @Test
    void aPersonOnTheLineIsNotLeftForARecordedMessage() {
        onTheLine("human");
        page.locator("#note").fill("Parle avec sa mère.");
        page.keyboard().press("Alt+m");
        assertThat(page.locator("#ask-message")).isVisible();
        TestingDesk.lookStrictly(page, "desk-ask-message");
        page.keyboard().press("Enter");

        assertThat(page.locator("#ask-message")).isHidden();
        assertThat(page.locator("#work")).hasAttribute("data-phase", "talk");
        assertThat(page.locator("#note")).hasValue("Parle avec sa mère.");
        Assertions.assertThat(recorded()).isZero();
    }

    @Test
    void theNoteTypedBeforeTheMessageIsKept() {
        onTheLine("machine_start");
        assertThat(page.getByText("Répondeur probable")).isVisible();
        page.locator("#note").fill("Messagerie au nom de son frère.");
        page.keyboard().press("Alt+m");

        assertThat(page.locator("#work")).hasAttribute("data-phase", "idle");
        Assertions.assertThat(campaign.<String>ask(
                        "select kind || ' ' || note as said from outcome where attempt_id = :id",
                        Map.of("id", call.id()),
                        row -> row.text("said")))
                .isEqualTo("VOICEMAIL Messagerie au nom de son frère.");
    }

    @Test
    void noButtonMovesUnderAFinger() {
        onTheLine("unknown");
        List<Double> before = places();
        onTheLine("machine_start");
        assertThat(page.getByText("Répondeur probable")).isVisible();
        Assertions.assertThat(places()).isEqualTo(before);
        campaign.run("update call_attempt set state = 'COMPLETED' where id = :id", Map.of("id", call.id()));
        page.evaluate("raccroche.desk.refresh()");
        assertThat(page.locator("[data-post='/desk/hangup']")).isDisabled();
        Assertions.assertThat(places()).isEqualTo(before);
    }

    private List<Double> places() {
        return page.locator(".desk-commands button").all().stream()
                .map(Locator::boundingBox)
                .flatMap(box -> List.of(box.x, box.y, box.width).stream())
                .toList();
    }

    @ParameterizedTest
    @EnumSource
    void noteErrorAndSaveAreAlwaysInSight(Outcome outcome) {
        page.keyboard().press(String.valueOf(outcome.key()));
        page.locator("input[name=outcome]").first().focus();
        page.locator("#note").fill("x".repeat(1001));
        page.keyboard().press("Control+Enter");
        assertThat(page.locator("#outcome-error")).isVisible();
        for (int[] size : List.of(new int[] {1366, 768}, new int[] {390, 844})) {
            page.setViewportSize(size[0], size[1]);
            for (String part : List.of("#note", "#outcome-error", "#outcome button[value=READY]")) {
                BoundingBox box = Objects.requireNonNull(page.locator(part).boundingBox());
                Assertions.assertThat(box.y).as("%s of %s", part, outcome).isPositive();
                Assertions.assertThat(box.y + box.height)
                        .as("%s of %s at %d", part, outcome, size[0])
                        .isLessThanOrEqualTo(size[1]);
            }
            TestingBrowser.keep(page, "desk-" + outcome + "-" + size[0]);
        }
    }

    @Test
    void everythingThatIsMissingIsSaidAtOnceAndAtItsField() {
        page.keyboard().press("2");
        page.keyboard().press("Control+Enter");

        assertThat(page.locator("#outcome-error"))
                .hasText("Choisissez CIO ou mission locale. Précisez qui a donné son accord.");
        assertThat(page.locator("#outcome [aria-invalid=true]")).hasCount(2);
        assertThat(page.locator("#error-structureKind")).isVisible();
        assertThat(page.locator("#error-agreedBy")).isVisible();
        TestingDesk.lookStrictly(page, "desk-missing");
    }

    @Test
    void whatTheServerRefusesIsSaidAtTheFieldToo() {
        page.keyboard().press("4");
        page.locator("#callbackAt").fill("2026-11-28T22:00");
        page.keyboard().press("Control+Enter");

        assertThat(page.locator("#error-callbackAt")).isVisible();
        assertThat(page.locator("#callbackAt")).hasAttribute("aria-invalid", "true");
    }

    @Test
    void nothingOfALongNoteIsCutSilently() {
        String note = "a".repeat(1010);
        page.locator("#note").fill(note);
        assertThat(page.locator("#note-count")).hasText("10 caractères de trop");
        page.keyboard().press("Escape");
        page.keyboard().press("3");
        page.keyboard().press("Control+Enter");

        assertThat(page.locator("#outcome-error")).containsText("10 caractères de trop");
        assertThat(page.locator("#note")).hasAttribute("aria-invalid", "true");
        assertThat(page.locator("#note")).hasValue(note);
        Assertions.assertThat(recorded()).isZero();
    }

    @Test
    void aCallIsNotLeftWithoutAQuestion() {
        page.keyboard().press("3");
        var asked = new ArrayList<String>();
        page.onDialog(dialog -> {
            asked.add(dialog.type());
            dialog.dismiss();
        });
        page.evaluate("setTimeout(() => location.reload(), 0)");
        page.waitForCondition(() -> asked.contains("beforeunload"));
        page.getByText("Se déconnecter").click();
        page.waitForCondition(() -> asked.contains("confirm"));

        assertThat(page.locator("#work")).hasAttribute("data-phase", "talk");
        assertThat(page.locator("input[value=NO_REFERRAL]")).isChecked();
        page.offDialog(Dialog::dismiss);
    }

    @Test
    void theHelpIsThereInACall() {
        page.keyboard().press("?");
        assertThat(page.locator("#keys")).isVisible();
        TestingDesk.lookStrictly(page, "desk-keys-in-a-call");
    }

    @Test
    void betweenTwoCallsTheFocusIsWhereTheWorkGoesOn() {
        page.keyboard().press("3");
        page.getByText("Enregistrer et faire une pause").click();
        assertThat(page.locator("[data-presence-to=READY]")).isFocused();
        TestingDesk.lookStrictly(page, "desk-idle-focus");

        page.keyboard().press("Alt+j");
        assertThat(page.locator("#status")).hasAttribute("data-presence", "READY");
        page.keyboard().press("Alt+j");
        assertThat(page.locator("#status")).hasAttribute("data-presence", "PAUSED");
    }

    @Test
    void aFileThatCannotBeReadLeavesNoOtherOnTheScreen() {
        page.route("**/desk/work", route -> route.fulfill(new Route.FulfillOptions().setStatus(500)));
        page.keyboard().press("3");
        page.keyboard().press("Control+Enter");

        assertThat(page.locator("#work")).hasAttribute("data-phase", "none");
        assertThat(page.locator("#who")).hasCount(0);
        page.unroute("**/desk/work");
        assertThat(page.locator("#work")).hasAttribute("data-phase", "idle");
    }

    @Test
    void whatOneTabTypesTheOtherShows() {
        Page second = page.context().newPage();
        second.navigate("/desk");
        assertThat(second.getByLabel("Note")).isVisible();
        page.keyboard().press("3");
        page.locator("#note").fill("Écrit dans le premier onglet.");

        assertThat(second.getByLabel("Note")).hasValue("Écrit dans le premier onglet.");
        assertThat(second.locator("input[value=NO_REFERRAL]")).isChecked();
        second.close();
    }

    @Test
    void whoLostTheirSessionIsToldAndKeepsWhatTheyTyped() {
        campaign.run("delete from session where account_id = :agent", Map.of("agent", call.agent()));
        page.keyboard().press("3");
        page.locator("#note").fill("Rappeler en janvier.");

        assertThat(page.getByText("Votre session est terminée.").first()).isVisible();
        assertThat(page.getByText("Se reconnecter")).isVisible();
        assertThat(page.locator("#note")).hasValue("Rappeler en janvier.");
        TestingDesk.lookStrictly(page, "desk-session-lost");
    }

    @Test
    void theAgentKnowsWhomToGreet() {
        assertThat(page.locator(".desk-number")).containsText("téléphone du responsable 1, Nadia Benali");
        assertThat(page.locator(".desk-file .desk-list").first()).containsText("Nadia Benali");
    }

    @Test
    void thePageItselfSaysThatItIsAlive() {
        page.close();
        campaign.run(
                "update agent_presence set seen_at = now() - interval '1 hour' where account_id = :agent",
                Map.of("agent", call.agent()));
        page = browser.page(agent);
        page.waitForRequest("**/desk/seen", () -> page.navigate("/desk"));
        page.waitForCondition(() -> seenNow() == 1);
    }

    private long seenNow() {
        return campaign.count(
                "select count(*) as n from agent_presence where account_id = :agent and seen_at > now() - interval '1 minute'",
                Map.of("agent", call.agent()));
    }

    @Test
    void aCallbackIsChosenByAFewKeys() {
        page.keyboard().press("4");
        Locator quick = page.locator(".desk-quick button");
        assertThat(quick.first()).isFocused();
        assertThat(page.locator(".slots [tabindex='0']")).hasCount(1);
        int stops = 0;
        while (!Boolean.TRUE.equals(page.evaluate("document.activeElement.id === 'note'"))) {
            page.keyboard().press("Tab");
            stops++;
            Assertions.assertThat(stops)
                    .as("stops from the choices to the note")
                    .isLessThan(16);
        }
        Locator entry = page.locator(".slots [tabindex='0']");
        String first = String.valueOf(entry.getAttribute("data-slot"));
        entry.focus();
        page.keyboard().press("ArrowDown");
        page.keyboard().press("ArrowRight");
        Locator reached = page.locator(".slots [tabindex='0']");
        assertThat(reached).isFocused();
        assertThat(reached).not().hasAttribute("data-slot", first);
        page.keyboard().press("Enter");
        assertThat(reached)
                .hasAttribute("aria-pressed", "true", new LocatorAssertions.HasAttributeOptions().setTimeout(2000));
        assertThat(page.locator("#callbackAt")).hasValue(String.valueOf(reached.getAttribute("data-slot")));
        TestingDesk.lookStrictly(page, "desk-callback-keys");
        page.setViewportSize(390, 844);
        TestingDesk.lookStrictly(page, "desk-callback-phone");
        page.setViewportSize(1366, 768);
        page.keyboard().press("Control+Enter");
        assertThat(page.locator("#work")).hasAttribute("data-phase", "idle");
    }

    @Test
    void aNumberToldOnThePhoneIsKeptAtOnceAndAnImpossibleOneIsSaidAtItsField() {
        page.getByText("Ajouter ou corriger un numéro").click();
        page.locator("#told-number").fill("06 39");
        page.locator("#told-owner").selectOption("YOUTH");
        page.locator("#told button").click();
        assertThat(page.locator("#told-error")).isVisible();
        assertThat(page.locator("#told-number")).hasAttribute("aria-invalid", "true");
        TestingDesk.lookStrictly(page, "desk-told");

        page.locator("#note").fill("La mère donne son portable.");
        page.locator("#told-number").fill("06 39 98 77 66");
        page.locator("#told button").click();
        assertThat(page.locator("#numbers")).containsText("06 39 98 77 66");
        assertThat(page.locator("#note")).hasValue("La mère donne son portable.");
        Assertions.assertThat(campaign.count("""
                        select count(*) as n from phone_number
                        where youth_id = :youth and e164 = '+33639987766' and owner = 'YOUTH' and state = 'UNTRIED'
                          and rank < (select rank from phone_number where youth_id = :youth and owner = 'GUARDIAN1')""", Map.of("youth", call.youth())))
                .isEqualTo(1);
    }

    @Test
    void theStructureThatWillCallHasItsName() {
        long structure = campaign.structure(StructureKind.CIO);
        String name =
                campaign.ask("select name from structure where id = :id", Map.of("id", structure), r -> r.text("name"));
        campaign.run(
                "update youth set commune_insee = :commune where id = :youth",
                Map.of("commune", campaign.commune(structure), "youth", call.youth()));
        page.reload();
        page.keyboard().press("2");

        assertThat(page.locator("#k2-why")).hasText(name);
        assertThat(page.locator("#k1-why")).hasText("un superviseur choisira la structure");
        TestingDesk.lookStrictly(page, "desk-receiver");
        page.setViewportSize(390, 844);
        TestingDesk.lookStrictly(page, "desk-receiver-phone");
    }
}
