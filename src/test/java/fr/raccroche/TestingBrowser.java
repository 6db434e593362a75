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
import com.microsoft.playwright.options.ReducedMotion;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * A browser for page tests: {@code @RegisterExtension static final TestingBrowser browser = new TestingBrowser();}
 *
 * <p>Pages have the size of an agent's laptop. One browser serves all classes; each page has cookies of its own.
 */
public final class TestingBrowser implements BeforeAllCallback, AfterAllCallback {

    private static final Namespace NAMESPACE = Namespace.create(TestingBrowser.class);

    private final List<BrowserContext> opened = new ArrayList<>();
    private @Nullable Chromium chromium;

    /** Starts with the first class that needs it, and ends after the last class of all. */
    private static final class Chromium implements AutoCloseable {

        private final Playwright playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        private final Browser browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(Path.of("/usr/bin/chromium"))
                        .setArgs(List.of("--no-sandbox")));

        @Override
        public void close() {
            playwright.close();
        }
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        chromium = context.getRoot()
                .getStore(NAMESPACE)
                .computeIfAbsent(Chromium.class, type -> new Chromium(), Chromium.class);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        opened.forEach(BrowserContext::close);
        opened.clear();
    }

    /** A page nobody is signed in on. */
    public Page page() {
        return context().newPage();
    }

    /** A page of somebody who is signed in. */
    public Page page(TestingAccounts.Person person) {
        BrowserContext context = context();
        context.addCookies(List.of(new Cookie(TestingAccounts.COOKIE, person.session()).setUrl(TestingNode.PRODUCT)));
        return context.newPage();
    }

    private BrowserContext context() {
        if (chromium == null) {
            throw new IllegalStateException("The browser starts with the test class: register it as an extension");
        }
        BrowserContext context = chromium.browser.newContext(new Browser.NewContextOptions()
                .setBaseURL(TestingNode.PRODUCT)
                .setLocale("fr-FR")
                .setTimezoneId("Europe/Paris")
                .setColorScheme(ColorScheme.LIGHT)
                .setViewportSize(1366, 768));
        opened.add(context);
        return context;
    }

    /** Looks at the page by night and by day: keeps it, and finds nothing that shuts anybody out. */
    public static void look(Page page, String name) {
        for (ColorScheme colours : List.of(ColorScheme.DARK, ColorScheme.LIGHT)) {
            String theme = colours.name().toLowerCase(Locale.ROOT);
            page.emulateMedia(
                    new Page.EmulateMediaOptions().setColorScheme(colours).setReducedMotion(ReducedMotion.REDUCE));
            page.locator("html:not([data-bs-theme]), html[data-bs-theme=" + theme + "]")
                    .waitFor();
            keep(page, name + "-" + theme);
            assertAccessible(page);
        }
    }

    /** Keeps what the page looks like in {@code target/screenshots}. */
    public static void keep(Page page, String name) {
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(Path.of("target", "screenshots", name + ".png"))
                .setFullPage(true));
    }

    private static void assertAccessible(Page page) {
        assertThat(violations(page)).as("accessibility of %s", page.url()).isEmpty();
    }

    /** Whatever a machine can find, of any impact. */
    static List<String> violations(Page page) {
        return new AxeBuilder(page)
                        .withTags(List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"))
                        .analyze()
                        .getViolations()
                        .stream()
                        .map(TestingBrowser::shown)
                        .toList();
    }

    private static String shown(Rule violation) {
        return violation.getId() + ": " + violation.getHelp() + " "
                + violation.getNodes().stream()
                        .map(node -> node.getHtml() + " " + node.getFailureSummary())
                        .toList();
    }
}
