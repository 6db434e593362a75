package fr.raccroche;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import fr.raccroche.TestingAccounts.Person;
import fr.raccroche.directory.StructureKind;
import fr.raccroche.platform.Database;
import fr.raccroche.platform.Tokens;
import fr.raccroche.security.Role;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What holds for every page of everybody: nobody is shut out, a phone need not be pushed sideways, little is sent. */
@ApplicationTest
class EveryPageTest {

    private static final int SIGN_IN_KB = 60;
    private static final int DESK_KB = 100;
    private static final int PHONE = 390;

    @RegisterExtension
    static final TestingBrowser browser = new TestingBrowser();

    @Inject
    TestingAccounts accounts;

    @Inject
    TestingSupervisor supervisor;

    @Inject
    Tokens tokens;

    @Inject
    Database database;

    @Inject
    Clock clock;

    private final List<String> found = new ArrayList<>();

    @Test
    void everyPageIsForEverybody() {
        var queue = new TestingQueue(database, clock.instant());
        long structure = queue.structure(StructureKind.MISSION_LOCALE);
        long youth = queue.youth("REFERRED", queue.commune(structure));
        assertThat(queue.number(youth, "YOUTH")).isPositive();
        assertThat(queue.attempt(youth, 1, clock.instant().minus(Duration.ofHours(1))))
                .isPositive();
        assertThat(queue.youth("TO_CALL")).isPositive();
        long list = supervisor.list(
                "Page " + tokens.next().substring(0, 5), supervisor.people(TestingSupervisor::answersItself));
        long load = queue.count("select max(id) as n from list_load where list_id = :list", Map.of("list", list));
        long draft = draft(queue, list);

        walk(null, List.of("/login", "/lists/api", "/r/" + tokens.next(), "/first-admin"));
        walk(
                accounts.signedIn(Role.SUPERVISOR),
                List.of(
                        "/supervision?campaign=" + queue.id(),
                        "/supervision/youths?campaign=" + queue.id() + "&behind=ALL",
                        "/supervision/youths?campaign=" + queue.id() + "&behind=STATE&state=WITHDRAWN",
                        "/campaigns",
                        "/campaigns/new",
                        "/campaigns/" + queue.id(),
                        "/campaigns/" + queue.id() + "/edit",
                        "/campaigns/" + queue.id() + "/mode",
                        "/campaigns/" + queue.id() + "/texts",
                        "/campaigns/" + draft,
                        "/numbers",
                        "/lists",
                        "/lists/columns",
                        "/lists/sources",
                        "/lists/" + list,
                        "/lists/" + list + "/quality",
                        "/lists/" + list + "/review",
                        "/lists/loads/" + load,
                        "/youths",
                        "/youths/" + youth + "/calls",
                        "/messages",
                        "/telephones",
                        "/handoffs",
                        "/account",
                        "/admin",
                        "/nowhere"));
        walk(accounts.signedIn(Role.ADMIN), List.of("/admin", "/numbers", "/lists/sources", "/account"));
        walk(accounts.signedIn(Role.PARTNER, structure), List.of("/handoffs", "/unreachable", "/account"));
        walk(accounts.signedIn(Role.AGENT), List.of("/desk", "/desk/callbacks", "/account"));

        assertThat(found).isEmpty();
    }

    private static long draft(TestingQueue queue, long list) {
        return queue.ask("""
                insert into campaign (name, list_id, starts_on, ends_on, caller_number, sms_sender, script, sms_text, created_at)
                select 'Brouillon', :list, starts_on, ends_on, caller_number, sms_sender, script, sms_text, created_at
                from campaign where id = :id returning id""", Map.of("list", list, "id", queue.id()), row -> row.id("id"));
    }

    private void walk(@Nullable Person person, List<String> paths) {
        Page page = person == null ? browser.page() : browser.page(person);
        for (String path : paths) {
            String name =
                    "every-" + (person == null ? "nobody" : person.account().role())
                            + path.replaceAll("/r/.*", "/r")
                                    .replaceAll("\\?.*behind=", "-")
                                    .replaceAll("[?&].*", "")
                                    .replaceAll("\\d+", "n")
                                    .replace('/', '-');
            for (int width : List.of(1366, PHONE)) {
                page.setViewportSize(width, 768);
                page.navigate(path);
                TestingBrowser.keep(page, name + "-" + width);
                TestingBrowser.violations(page)
                        .forEach(violation -> found.add(path + " at " + width + ": " + violation));
                int needed = (int) page.evaluate("document.documentElement.scrollWidth");
                if (needed > width) {
                    found.add(path + " needs " + needed + " of " + width + " for " + page.evaluate(WIDEST, width));
                }
            }
        }
    }

    /** The first element that reaches too far. */
    private static final String WIDEST = """
            width => [...document.querySelectorAll('main *, header *')].filter(e => e.getBoundingClientRect().right > width + 1)
                .slice(0, 3).map(e => e.outerHTML.slice(0, 120)).join(' | ')""";

    @Test
    void theSignInPageAndTheDeskAreLight() {
        assertThat(weight(browser.page(), "/login")).isBetween(5_000, SIGN_IN_KB * 1000);
        assertThat(weight(browser.page(accounts.signedIn(Role.AGENT)), "/desk")).isBetween(10_000, DESK_KB * 1000);
    }

    /** What a browser that never was here gets over the wire, headers included, but for the voice library. */
    private static int weight(Page page, String path) {
        var seen = new ArrayList<Response>();
        page.onResponse(seen::add);
        page.navigate(path);
        page.waitForLoadState();
        int bytes = 0;
        for (Response response : List.copyOf(seen)) {
            if (response.url().startsWith(TestingNode.PRODUCT)
                    && !response.url().contains("twilio")
                    && !response.url().contains("events")) {
                var sizes = response.request().sizes();
                bytes += sizes.responseBodySize + sizes.responseHeadersSize;
            }
        }
        return bytes;
    }
}
