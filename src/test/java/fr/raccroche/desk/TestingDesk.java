package fr.raccroche.desk;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.FrameLocator;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import fr.raccroche.TestingBrowser;
import org.assertj.core.api.Assertions;

/** The desk in a browser, with the hands of an agent. */
record TestingDesk(Page page, TestingDay day) {

    private static final int PATIENCE = 30_000;

    /** Opens the desk and waits for the headset. */
    void open() {
        page.navigate("/desk");
        connected();
    }

    void connected() {
        assertThat(headset().locator("#state")).hasText("Casque connecté", patiently());
    }

    void readyFor(long campaign) {
        page.locator("#campaign").selectOption(Long.toString(campaign));
        page.getByText("Je suis prêt").click();
        assertThat(page.locator("#status")).not().hasAttribute("data-presence", "OFFLINE");
    }

    /** Lets time run until a voice says this first; calls that end otherwise are noted as voicemail. */
    void untilSomebodySays(String greeting) {
        day.hurry();
        while (true) {
            phase("talk");
            day.calm();
            Locator first = headset().locator("#lines li").first();
            first.waitFor();
            if (first.innerText().contains(greeting)) {
                return;
            }
            String before = key();
            page.keyboard().press("7");
            day.hurry();
            page.keyboard().press("Control+Enter");
            page.waitForFunction("before => document.getElementById('desk').dataset.key !== before", before);
        }
    }

    void phase(String phase) {
        try {
            assertThat(page.locator("#work")).hasAttribute("data-phase", phase, attributePatiently());
        } catch (AssertionError e) {
            TestingBrowser.keep(page, "desk-stuck");
            throw new AssertionError(
                    "Not in " + phase + ": " + page.evaluate("fetch('/desk/state').then(state => state.text())"), e);
        }
    }

    String key() {
        return String.valueOf(page.locator("#desk").getAttribute("data-key"));
    }

    /** How many outcomes the desk says were noted today. */
    int noted() {
        return Integer.parseInt(page.locator(".desk-day").innerText().replaceFirst("(?s).*?(\\d+) notés?.*", "$1"));
    }

    /** Until the desk shows something else. */
    void goesOnFrom(String key) {
        assertThat(page.locator("#desk"))
                .not()
                .hasAttribute("data-key", key, new LocatorAssertions.HasAttributeOptions().setTimeout(PATIENCE));
    }

    /** Asks in the headset; answers what the person says. */
    String ask(String question) {
        Locator lines = headset().locator("#lines li");
        int before = lines.count();
        headset().locator("#questions button").getByText(question).click();
        assertThat(lines).hasCount(before + 2, new LocatorAssertions.HasCountOptions().setTimeout(PATIENCE));
        return lines.last().innerText();
    }

    FrameLocator headset() {
        return page.frameLocator("#softphone");
    }

    /** Whether an agent sees the whole page at once. */
    boolean fits() {
        return (boolean) page.evaluate("""
                () => [document.documentElement, document.querySelector('.desk-scroll')]
                    .every(shown => shown.scrollHeight <= shown.clientHeight)""");
    }

    void look(String name) {
        TestingBrowser.look(page, name);
    }

    /** Looks at the page by night and by day, and finds nothing at all that is wrong with it, however small. */
    static void lookStrictly(Page page, String name) {
        TestingBrowser.look(page, name);
        Assertions.assertThat(new AxeBuilder(page).analyze().getViolations())
                .as("accessibility of %s", name)
                .extracting(rule -> rule.getId() + ": " + rule.getHelp() + " "
                        + rule.getNodes().stream().map(node -> node.getHtml()).toList())
                .isEmpty();
    }

    private static LocatorAssertions.HasTextOptions patiently() {
        return new LocatorAssertions.HasTextOptions().setTimeout(PATIENCE);
    }

    private static LocatorAssertions.HasAttributeOptions attributePatiently() {
        return new LocatorAssertions.HasAttributeOptions().setTimeout(PATIENCE);
    }
}
