package fr.raccroche.security;

import static fr.raccroche.Blocking.answer;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.WaitForSelectorState;
import fr.raccroche.ApplicationTest;
import fr.raccroche.TestingAccounts;
import fr.raccroche.TestingBrowser;
import fr.raccroche.platform.Database;
import fr.raccroche.platform.Tokens;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@ApplicationTest
class FramePageTest {

    private static final String PASSWORD = "quatre chevaux sur la plage";

    @RegisterExtension
    static final TestingBrowser browser = new TestingBrowser();

    @Inject
    TestingAccounts accounts;

    @Inject
    Database database;

    @Inject
    Passwords passwords;

    @Inject
    Tokens tokens;

    @Test
    void anAdministratorSignsInWorksAndSignsOut() {
        String email = administrator();
        Page page = browser.page();
        var complaints = new ArrayList<String>();
        page.onConsoleMessage(message -> {
            if (message.type().equals("error") && !message.text().contains("401")) {
                complaints.add(message.text());
            }
        });

        page.navigate("/admin");
        TestingBrowser.look(page, "sign-in");
        page.getByLabel("Adresse électronique").fill(email);
        page.getByLabel("Mot de passe").fill("une autre phrase");
        page.keyboard().press("Enter");
        page.waitForSelector("#refused");
        TestingBrowser.look(page, "sign-in-refused");

        page.getByLabel("Mot de passe").fill(PASSWORD);
        page.keyboard().press("Enter");
        page.waitForURL("**/admin");
        page.getByText("Nouveau compte").click();
        TestingBrowser.look(page, "accounts");

        page.getByText("Alex Martin").first().click();
        page.waitForURL("**/account");
        TestingBrowser.look(page, "account");

        page.getByText("Se déconnecter").click();
        page.waitForURL("**/login");
        assertThat(complaints).isEmpty();
    }

    @Test
    void anErrorIsAPageWithTheWayBack() {
        Page page = browser.page(accounts.signedIn(Role.SUPERVISOR));

        page.navigate("/admin");

        assertThat(page.locator("h1").textContent()).isEqualTo("Accès refusé");
        TestingBrowser.look(page, "forbidden");
    }

    @Test
    void theThemeSwitchWinsOverTheSystemAndIsRemembered() {
        Page page = browser.page();
        page.navigate("/login");
        assertThat(theme(page)).isEqualTo("light");

        page.locator("#theme-switch").click();
        page.locator("#theme-switch").click();

        assertThat(theme(page)).isEqualTo("dark");
        page.reload();
        assertThat(theme(page)).isEqualTo("dark");
    }

    @Test
    void theFirstTabLeadsToTheContent() {
        Page page = browser.page(accounts.signedIn(Role.ADMIN));
        page.navigate("/admin");

        page.keyboard().press("Tab");
        page.keyboard().press("Enter");

        assertThat(page.evaluate("document.activeElement.id")).isEqualTo("main");
    }

    @Test
    void aStructureIsFoundByTyping() {
        String code = tokens.next();
        answer(database.inTransaction(sql -> sql.update("""
                        insert into structure (kind, code, name)
                        values ('MISSION_LOCALE', :code, 'Mission locale de la Vallée ' || :code)""").set("code", code).run()));
        Page page = browser.page(accounts.signedIn(Role.ADMIN));
        page.navigate("/admin");
        page.getByText("Nouveau compte").click();

        page.locator("#structure").pressSequentially("vallee " + code.substring(0, 6));
        var offered = page.locator("#structures option[value*='" + code + "']");
        offered.waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.ATTACHED));

        assertThat(offered.getAttribute("value")).endsWith("(MISSION_LOCALE:" + code + ")");
    }

    private static Object theme(Page page) {
        return page.evaluate("document.documentElement.dataset.bsTheme");
    }

    private String administrator() {
        String email = tokens.next().toLowerCase(Locale.ROOT) + "@example.org";
        String hash = answer(passwords.hash(PASSWORD));
        answer(database.inTransaction(
                sql -> Accounts.create(sql, new Accounts.New(email, "Alex Martin", Role.ADMIN, null), hash, false)));
        return email;
    }
}
