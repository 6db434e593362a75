package fr.raccroche.list;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import fr.raccroche.TestingAccounts;
import fr.raccroche.TestingBrowser;
import fr.raccroche.TestingNode;
import fr.raccroche.platform.Tokens;
import fr.raccroche.security.Role;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@QuarkusTest
@QuarkusTestResource(TestingNode.class)
class ListPagesTest {

    @RegisterExtension
    static final TestingBrowser browser = new TestingBrowser();

    @Inject
    TestingAccounts accounts;

    @Inject
    Tokens tokens;

    /** Unlike any other test's. */
    private String name = "";

    @BeforeEach
    void newName() {
        name = "Diallo" + tokens.next();
    }

    @Test
    void anUploadLeadsToItsListAndTheSameFileToTheSameList() {
        byte[] file = TestingList.empty().person(name).line("trop;court").text().getBytes(StandardCharsets.UTF_8);

        Response first = upload(Role.SUPERVISOR, file);
        Response second = upload(Role.SUPERVISOR, file);

        assertThat(first.statusCode()).isEqualTo(303);
        assertThat(first.header("Location")).matches(".*/lists/\\d+");
        assertThat(second.header("Location")).isEqualTo(first.header("Location"));
        as(Role.SUPERVISOR)
                .get("/lists.json")
                .then()
                .statusCode(200)
                .body("find { it.name == '%s' }.accepted".formatted(name), is(1))
                .body("find { it.name == '%s' }.rejected".formatted(name), is(1));
    }

    @ParameterizedTest
    @EnumSource(
            value = Role.class,
            names = {"AGENT", "PARTNER", "ADMIN"})
    void onlyASupervisorLoadsLists(Role role) {
        byte[] file = TestingList.empty().person(name).text().getBytes(StandardCharsets.UTF_8);

        assertThat(upload(role, file).statusCode()).isEqualTo(403);
        assertThat(as(role).get("/lists").statusCode()).isEqualTo(403);
        assertThat(as(Role.SUPERVISOR).get("/lists.json").asString()).doesNotContain(name);
    }

    @Test
    void aFileWithoutARequiredColumnIsRefusedNamingIt() {
        upload(Role.SUPERVISOR, "nom;prenom;tel_jeune\nA;B;0639981234\n".getBytes(StandardCharsets.UTF_8))
                .then()
                .statusCode(400)
                .body(containsString("date_naissance"))
                .body(containsString("enregistré"));
    }

    @Test
    void aFormWithoutFileNameOrDateIsRefusedSayingWhat() {
        byte[] file = TestingList.empty().person(name).text().getBytes(StandardCharsets.UTF_8);

        post(Role.SUPERVISOR)
                .multiPart("name", name)
                .multiPart("referenceDate", "2026-11-20")
                .post("/lists")
                .then()
                .statusCode(400)
                .body(containsString("fichier"));
        post(Role.SUPERVISOR)
                .multiPart("file", "liste.csv", file)
                .multiPart("referenceDate", "2026-11-20")
                .post("/lists")
                .then()
                .statusCode(400)
                .body(containsString("nom"));
        post(Role.SUPERVISOR)
                .multiPart("file", "liste.csv", file)
                .multiPart("name", name)
                .multiPart("referenceDate", "demain")
                .post("/lists")
                .then()
                .statusCode(400)
                .body(containsString("date"));
    }

    @Test
    void aFileOverTheLimitIsTooLarge() {
        var file = new byte[33 * 1024 * 1024];

        assertThat(upload(Role.SUPERVISOR, file).statusCode()).isEqualTo(413);
    }

    @Test
    void rejectsComeBackInTheLayoutOfTheFileAndHarmless() {
        byte[] file = TestingList.empty()
                .row(TestingList.sound(name, Column.TEL_JEUNE, "3919"))
                .row(TestingList.sound("=cmd", Column.DATE_NAISSANCE, "hier"))
                .line("trop;court")
                .text()
                .getBytes(StandardCharsets.UTF_8);
        String list = upload(Role.SUPERVISOR, file).header("Location");

        Response rejects = as(Role.SUPERVISOR).get(list + "/rejects.csv");

        assertThat(rejects.contentType()).startsWith("text/csv");
        assertThat(rejects.header("Content-Disposition")).contains("attachment");
        String[] lines = new String(rejects.asByteArray(), StandardCharsets.UTF_8).split("\r\n");
        assertThat(lines).hasSize(4);
        assertThat(lines[0]).endsWith("resp2_code_insee;ligne;colonne;motif");
        assertThat(lines[1]).contains(name).endsWith(";2;tel_jeune;aucun numéro de téléphone utilisable");
        assertThat(lines[2]).contains("'=cmd").contains(";3;date_naissance;");
        assertThat(lines[3]).startsWith("trop;court;;").contains("2 / 23");
    }

    @Test
    void whatIsNotThereIsNotFound() {
        assertThat(as(Role.SUPERVISOR).get("/lists/999999999").statusCode()).isEqualTo(404);
        assertThat(as(Role.SUPERVISOR).get("/lists/abc").statusCode()).isEqualTo(404);
        assertThat(as(Role.SUPERVISOR).get("/lists/999999999/rejects.csv").statusCode())
                .isEqualTo(404);
    }

    @ParameterizedTest
    @EnumSource(
            value = ColorScheme.class,
            names = {"LIGHT", "DARK"})
    void aSupervisorLoadsAListAndSeesWhatBecameOfIt(ColorScheme colours) throws IOException {
        Path file = Files.writeString(
                Files.createTempFile("liste", ".csv"),
                TestingList.empty()
                        .person(name)
                        .row(TestingList.sound(name + "b", Column.CODE_INSEE, "99999"))
                        .row(TestingList.sound(name + "c", Column.DATE_NAISSANCE, "12/05/2011"))
                        .line("trop;court")
                        .text());
        Page page = browser.page(accounts.signedIn(Role.SUPERVISOR), colours);

        page.navigate("/lists/columns");
        look(page, "list-columns", colours);
        page.navigate("/lists");
        page.getByLabel("Fichier CSV de la liste").setInputFiles(file);
        page.getByLabel("Nom de la liste").fill("Octobre " + name);
        page.getByText("Charger la liste").click();
        page.waitForURL("**/lists/*");

        assertThat(page.locator("h1").innerText()).isEqualTo("Octobre " + name);
        assertThat(page.locator("main").innerText())
                .contains("moins de 16 ans : à transmettre à l'établissement")
                .contains("commune introuvable");
        look(page, "list", colours);
        page.getByText("Toutes les listes").click();
        assertThat(page.locator("tbody").innerText()).contains("Octobre " + name);
        look(page, "lists", colours);
    }

    private static void look(Page page, String name, ColorScheme colours) {
        TestingBrowser.keep(page, name + "-" + colours.name().toLowerCase(Locale.ROOT));
        TestingBrowser.assertAccessible(page);
    }

    private Response upload(Role role, byte[] file) {
        return post(role)
                .multiPart("file", "liste.csv", file, "text/csv")
                .multiPart("name", name)
                .multiPart("referenceDate", "2026-11-20")
                .post("/lists");
    }

    private RequestSpecification post(Role role) {
        return as(role).header("Origin", TestingBrowser.URL).header("Accept", "text/html");
    }

    private RequestSpecification as(Role role) {
        return given().baseUri(TestingBrowser.URL)
                .redirects()
                .follow(false)
                .cookie(TestingAccounts.COOKIE, accounts.signedIn(role).session());
    }
}
