package fr.raccroche.security;

import static fr.raccroche.Blocking.answer;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import fr.raccroche.ApplicationTest;
import fr.raccroche.TestingAccounts;
import fr.raccroche.platform.Database;
import fr.raccroche.platform.Tokens;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ApplicationTest
class AdminTest {

    private static final Pattern PASSWORD = Pattern.compile("<code>([a-z2-9-]{19})</code>");

    @Inject
    TestingAccounts accounts;

    @Inject
    Database database;

    @Inject
    DemoAccounts demoAccounts;

    @Inject
    Tokens tokens;

    private TestingAccounts.Person admin = new TestingAccounts.Person(new Account(0, "", "", Role.ADMIN, null), "");
    private String email = "";

    @BeforeEach
    void anAdministrator() {
        admin = accounts.signedIn(Role.ADMIN);
        email = tokens.next().toLowerCase(Locale.ROOT) + "@example.org";
    }

    @Test
    void aNewAccountHasAPasswordShownOnce() {
        Response created = create(email, "Noé Petit", "AGENT", "");

        assertThat(created.statusCode()).isEqualTo(200);
        String password = passwordIn(created);
        assertThat(found(email)).contains(email).doesNotContain(password);
        assertThat(found("nobody." + email))
                .contains("Aucun compte ne correspond")
                .doesNotContain("<td>" + email);
        Response in = signIn(password);
        assertThat(in.header("Location")).isEqualTo("/account");
    }

    @Test
    void aPartnerIsBoundToTheStructureChosen() {
        String code = tokens.next();
        long structure = structure(code, "Mission locale de Saint-Élan " + code);

        String offered = as(admin)
                .queryParam("structure", "saint-elan " + code)
                .get("/admin/structures")
                .asString();
        Response created = create(
                email, "Inès Partenaire", "PARTNER", "Mission locale de Saint-Élan (MISSION_LOCALE:" + code + ")");

        assertThat(offered).contains("(MISSION_LOCALE:" + code + ")");
        assertThat(created.statusCode()).isEqualTo(200);
        assertThat(accountColumn("structure_id")).isEqualTo(Long.toString(structure));
    }

    @ParameterizedTest
    @CsvSource({
        "pas-une-adresse, Noé Petit, AGENT, '', nom@exemple.fr",
        "ok@example.org, '', AGENT, '', Indiquez",
        "ok@example.org, Noé Petit, CHIEF, '', Choisissez un rôle",
        "ok@example.org, Noé Petit, PARTNER, '', Choisissez la structure",
        "ok@example.org, Noé Petit, PARTNER, X (MISSION_LOCALE:nowhere), Choisissez la structure"
    })
    void whatCannotBeIsSaidAndWhatWasTypedIsKept(
            String address, String name, String role, String structure, String reason) {
        Response refused = create(address, name, role, structure);

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.asString()).contains(reason, "value=\"" + address + "\"");
    }

    @Test
    void anEmailHasOneAccount() {
        assertThat(create(email, "Noé Petit", "AGENT", "").statusCode()).isEqualTo(200);

        assertThat(create(email, "Noé Petit", "AGENT", "").asString()).contains("existe déjà");
    }

    @Test
    void anAccountIsClosedAndOpenedAgain() {
        var agent = accounts.signedIn(Role.AGENT);
        String path = "/admin/accounts/" + agent.account().id();

        assertThat(as(admin).post(path + "/disable").statusCode()).isEqualTo(303);
        assertThat(as(agent).accept("*/*").get("/account").statusCode()).isEqualTo(401);

        assertThat(as(admin).post(path + "/enable").statusCode()).isEqualTo(303);
        assertThat(as(agent).accept("*/*").get("/account").statusCode())
                .as("the old session stays ended")
                .isEqualTo(401);
        assertThat(actions()).containsExactly("account-disabled", "account-enabled");
    }

    @Test
    void nobodyClosesTheirOwnAccount() {
        assertThat(as(admin)
                        .post("/admin/accounts/%d/disable"
                                .formatted(admin.account().id()))
                        .statusCode())
                .isEqualTo(409);
    }

    @Test
    void anAccountThatDoesNotExistIsNotFound() {
        assertThat(as(admin).post("/admin/accounts/0/disable").statusCode()).isEqualTo(404);
        assertThat(as(admin).post("/admin/accounts/0/password").statusCode()).isEqualTo(404);
        assertThat(as(admin).post("/admin/accounts/x/password").statusCode()).isEqualTo(404);
    }

    @Test
    void aResetPasswordReplacesTheOldOneAndEndsSessions() {
        String old = passwordIn(create(email, "Noé Petit", "AGENT", ""));
        String session = signIn(old).cookie(TestingAccounts.COOKIE);

        Response reset = as(admin).post("/admin/accounts/%s/password".formatted(accountColumn("id")));

        assertThat(given().cookie(TestingAccounts.COOKIE, session)
                        .get("/account")
                        .statusCode())
                .isEqualTo(401);
        assertThat(signIn(old).statusCode()).isEqualTo(401);
        assertThat(signIn(passwordIn(reset)).statusCode()).isEqualTo(303);
    }

    @Test
    void namesAreShownAsText() {
        create(email, "<img src=x onerror=alert(1)> {inject:page.nonce}", "AGENT", "");

        assertThat(found(email))
                .contains("&lt;img src=x onerror=alert(1)&gt; {inject:page.nonce}")
                .doesNotContain("<img src=x");
    }

    @Test
    void manyAccountsComePageByPage() {
        String code = tokens.next();
        String structure = "Mission locale de la Page " + code;
        long id = structure(code, structure);
        answer(database.inTransaction(
                sql -> sql.update("""
                        insert into account (email, display_name, password_hash, role, structure_id)
                        select lower(to_char(n, 'FM00') || :email), 'Nora ' || to_char(n, 'FM00'), 'x', 'PARTNER', :structure
                          from generate_series(1, 51) n""").set("email", email).set("structure", id).run()));

        String first = found(structure);
        String second = as(admin)
                .queryParam("search", structure)
                .queryParam("page", 2)
                .get("/admin")
                .asString();

        assertThat(first)
                .contains("Page suivante")
                .doesNotContain("Page précédente")
                .doesNotContain("51" + email);
        assertThat(second)
                .contains("Page précédente")
                .doesNotContain("Page suivante")
                .contains("51" + email);
        assertThat(as(admin).get("/admin?page=-3").statusCode()).isEqualTo(200);
    }

    private String found(String search) {
        return as(admin).queryParam("search", search).get("/admin").asString();
    }

    @Test
    void demoAccountsAreCreatedAndKeepTheirConfiguredPassword() {
        String code = tokens.next();
        structure(code, "Mission locale de démonstration");

        for (String password : List.of("first-password-1", "second-password-2")) {
            answer(demoAccounts.create(List.of(DemoAccounts.Entry.of(
                    "PARTNER %s %s Inès de l'Accueil MISSION_LOCALE:%s".formatted(email, password, code)))));
            assertThat(signIn(password).header("Location")).isEqualTo("/handoffs");
        }
        assertThat(accountColumn("display_name")).isEqualTo("Inès de l'Accueil");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "AGENT a@example.org p-w | a@example.org | ''",
                "AGENT A@example.org p-w Ana Ruiz | Ana Ruiz | ''",
                "PARTNER a@example.org p-w CIO:0751234A | a@example.org | CIO:0751234A",
                "PARTNER a@example.org p-w Ana Ruiz CIO:0751234A | Ana Ruiz | CIO:0751234A"
            })
    void demoAccountsAreOneLineEach(String line, String name, String structure) {
        var entry = DemoAccounts.Entry.of(line);

        assertThat(entry.email()).isEqualTo("a@example.org");
        assertThat(entry.password()).isEqualTo("p-w");
        assertThat(entry.displayName()).isEqualTo(name);
        assertThat(entry.structure()).isEqualTo(structure.isEmpty() ? null : structure);
    }

    private Response create(String address, String name, String role, String structure) {
        return as(admin)
                .contentType("application/x-www-form-urlencoded; charset=UTF-8")
                .formParams("email", address, "displayName", name, "role", role, "structure", structure)
                .post("/admin/accounts");
    }

    private Response signIn(String password) {
        return browser().formParams("email", email, "password", password).post("/login");
    }

    private static String passwordIn(Response page) {
        var password = PASSWORD.matcher(page.asString());
        assertThat(password.find()).isTrue();
        return password.group(1);
    }

    private long structure(String code, String name) {
        return answer(database.inTransaction(
                sql -> sql.query("""
                        insert into structure (kind, code, name) values ('MISSION_LOCALE', :code, :name) returning id""").set("code", code).set("name", name).one(row -> row.id("id"))));
    }

    private String accountColumn(String column) {
        return answer(database.inTransaction(
                sql -> sql.query("select cast(%s as text) as v from account where email = :email".formatted(column))
                        .set("email", email)
                        .one(row -> row.text("v"))));
    }

    private List<String> actions() {
        return answer(database.inTransaction(
                sql -> sql.query("select action from access_log where account_id = :id order by id")
                        .set("id", admin.account().id())
                        .list(row -> row.text("action"))));
    }

    private static RequestSpecification as(TestingAccounts.Person person) {
        return browser().cookie(TestingAccounts.COOKIE, person.session());
    }

    private static RequestSpecification browser() {
        return given().redirects().follow(false).accept("text/html,*/*;q=0.8").header("Sec-Fetch-Site", "same-origin");
    }
}
