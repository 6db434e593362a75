package fr.raccroche;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Cookie;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A browser for page tests: {@code @RegisterExtension static final TestingBrowser browser = new TestingBrowser();}
 *
 * <p>Pages have the size of an agent's laptop. One browser serves a test class; each page has cookies of its own.
 */
public final class TestingBrowser implements BeforeAllCallback, AfterAllCallback {

    public static final String URL = "http://127.0.0.1:18081";

    private @Nullable Playwright playwright;
    private @Nullable Browser browser;

    @Override
    public void beforeAll(ExtensionContext context) {
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(Path.of("/usr/bin/chromium"))
                        .setArgs(List.of("--no-sandbox")));
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (playwright != null) {
            playwright.close();
        }
    }

    /** A page nobody is signed in on. */
    public Page page(ColorScheme colours) {
        return context(colours).newPage();
    }

    /** A page of somebody who is signed in. */
    public Page page(TestingAccounts.Person person, ColorScheme colours) {
        BrowserContext context = context(colours);
        context.addCookies(List.of(new Cookie(TestingAccounts.COOKIE, person.session()).setUrl(URL)));
        return context.newPage();
    }

    private BrowserContext context(ColorScheme colours) {
        if (browser == null) {
            throw new IllegalStateException("The browser starts with the test class: register it as an extension");
        }
        return browser.newContext(new Browser.NewContextOptions()
                .setBaseURL(URL)
                .setLocale("fr-FR")
                .setTimezoneId("Europe/Paris")
                .setColorScheme(colours)
                .setViewportSize(1366, 768));
    }

    /** Keeps what the page looks like in {@code target/screenshots}. */
    public static void keep(Page page, String name) {
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(Path.of("target", "screenshots", name + ".png"))
                .setFullPage(true));
    }

    /** No violation of WCAG 2.1 AA that a machine can find. */
    public static void assertAccessible(Page page) {
        var violations = new AxeBuilder(page)
                .withTags(List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa"))
                .analyze()
                .getViolations();
        assertThat(violations)
                .as("accessibility of %s", page.url())
                .extracting(TestingBrowser::shown)
                .isEmpty();
    }

    private static String shown(Rule violation) {
        return violation.getId() + ": " + violation.getHelp() + " "
                + violation.getNodes().stream()
                        .map(node -> node.getHtml() + " " + node.getFailureSummary())
                        .toList();
    }
}
