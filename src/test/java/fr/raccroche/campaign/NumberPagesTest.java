package fr.raccroche.campaign;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static io.restassured.RestAssured.given;

import com.microsoft.playwright.Page;
import fr.raccroche.ApplicationTest;
import fr.raccroche.TestingAccounts;
import fr.raccroche.TestingAccounts.Person;
import fr.raccroche.TestingBrowser;
import fr.raccroche.TestingNode;
import fr.raccroche.TestingSupervisor;
import fr.raccroche.security.Role;
import jakarta.inject.Inject;
import java.util.Map;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The numbers of the account and of a campaign, with what the rules say of them. */
@ApplicationTest
class NumberPagesTest {

    @RegisterExtension
    static final TestingBrowser browser = new TestingBrowser();

    @Inject
    TestingAccounts accounts;

    @Inject
    TestingSupervisor supervisor;

    @Test
    void whatDoesNotFitIsSaidWithItsSource() {
        long campaign = supervisor.campaign("PROGRESSIVE", supervisor.people(TestingSupervisor::answersItself));
        Page page = browser.page(accounts.signedIn(Role.SUPERVISOR));

        page.navigate("/campaigns/" + campaign);
        assertThat(page.locator("#numbers")).containsText("numéro territorial");
        assertThat(page.locator("#numbers")).containsText("Arcep, décision 2022-1583");
        page.locator("#numbers summary").click();
        page.getByLabel("Part de 06 39 98 99 00").fill("3");
        TestingBrowser.look(page, "campaign-numbers");
        page.getByText("Garder ces numéros").click();
        assertThat(page.locator("#numbers .alert")).hasCount(3);
        page.navigate("/numbers");
        assertThat(page.locator("main form")).hasCount(0);

        Page admin = browser.page(accounts.signedIn(Role.ADMIN));
        admin.navigate("/numbers");
        assertThat(admin.locator("main section").first()).containsText("01 99 00 01 00");
        TestingBrowser.look(admin, "numbers");
        supervisorPost("/campaigns/" + campaign + "/close", Map.of());
    }

    private int supervisorPost(String path, Map<String, Object> fields) {
        return post(accounts.signedIn(Role.SUPERVISOR), path, fields);
    }

    private static int post(Person person, String path, Map<String, Object> fields) {
        return given().baseUri(TestingNode.PRODUCT)
                .redirects()
                .follow(false)
                .cookie(TestingAccounts.COOKIE, person.session())
                .header("Origin", TestingNode.PRODUCT)
                .header("Accept", "application/json")
                .formParams(fields)
                .post(path)
                .statusCode();
    }

    @ParameterizedTest
    @CsvSource({
        "+33199000100, GEOGRAPHIC, 75, 303",
        "+33199000100, GENERAL_INTEREST, '', 303",
        "+33199000100, POLYVALENT, '', 400",
        "+33199000100, '', '', 400",
        "+33199000100, GEOGRAPHIC, 999, 400",
        "+33199999999, GEOGRAPHIC, '', 404"
    })
    void aNumberIsDescribedAsItCanBe(String e164, String category, String departement, int status) {
        var admin = accounts.signedIn(Role.ADMIN);
        Assertions.assertThat(given().baseUri(TestingNode.PRODUCT)
                        .cookie(TestingAccounts.COOKIE, admin.session())
                        .get("/numbers")
                        .statusCode())
                .isEqualTo(200);

        Assertions.assertThat(post(
                        admin,
                        "/numbers",
                        Map.of(
                                "e164",
                                e164,
                                "category",
                                category,
                                "label",
                                "Accueil",
                                "departement",
                                departement,
                                "active",
                                "yes")))
                .isEqualTo(status);
        Assertions.assertThat(post(
                        admin,
                        "/numbers",
                        Map.of(
                                "e164",
                                "+33199000100",
                                "category",
                                "GEOGRAPHIC",
                                "label",
                                "",
                                "departement",
                                "",
                                "active",
                                "yes")))
                .isEqualTo(303);
    }

    @Test
    void aCampaignKeepsAtLeastOneNumber() {
        long campaign = supervisor.campaign("PREVIEW", supervisor.people(TestingSupervisor::answersItself));
        String path = "/campaigns/" + campaign + "/numbers";

        Assertions.assertThat(supervisorPost(path, Map.of("share-+33199000100", "0")))
                .isEqualTo(400);
        Assertions.assertThat(supervisorPost(path, Map.of("share-+33199000100", "x")))
                .isEqualTo(400);
        Assertions.assertThat(supervisorPost(path, Map.of("share-+33199000100", "101")))
                .isEqualTo(400);
        Assertions.assertThat(supervisorPost(path, Map.of("share-+33199000100", "2")))
                .isEqualTo(303);
        Assertions.assertThat(supervisorPost("/campaigns/" + campaign + "/close", Map.of()))
                .isEqualTo(303);
        Assertions.assertThat(supervisorPost(path, Map.of("share-+33199000100", "2")))
                .isEqualTo(409);
        Assertions.assertThat(supervisorPost("/campaigns/0/numbers", Map.of())).isEqualTo(404);
    }
}
