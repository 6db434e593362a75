package fr.raccroche.security;

import static fr.raccroche.Blocking.answer;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import fr.raccroche.ApplicationTest;
import fr.raccroche.TestingAccounts;
import fr.raccroche.TestingNode;
import fr.raccroche.platform.Database;
import fr.raccroche.platform.Hashes;
import fr.raccroche.platform.Sql;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@ApplicationTest
class FrameTest {

    private static final Pattern NONCE = Pattern.compile("'nonce-([\\w-]{22})'");

    @Inject
    TestingAccounts accounts;

    @Inject
    Database database;

    @Inject
    FirstAdminPages firstAdmin;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/login",
                "/app.css",
                "/tokens.css",
                "/app.js",
                "/nothing/here",
                "/account",
                "/q/health/ready",
                "/first-admin",
                "/q/nothing"
            })
    void everyAnswerTellsTheBrowserItsLimits(String path) {
        Response answer = browser().get(path);

        assertThat(answer.header("Content-Security-Policy"))
                .contains("default-src 'self'", "object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'")
                .containsPattern(NONCE)
                .doesNotContain("unsafe");
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(answer.header("Referrer-Policy")).isEqualTo("same-origin");
        assertThat(answer.header("Cross-Origin-Opener-Policy")).isEqualTo("same-origin");
        assertThat(answer.header("Permissions-Policy")).contains("microphone=(self)");
    }

    @Test
    void pagesAreNotKeptAndFilesAre() {
        assertThat(browser().get("/login").header("Cache-Control")).isEqualTo("no-store");
        assertThat(browser().get("/nothing").header("Cache-Control")).isEqualTo("no-store");
        assertThat(browser().get("/app.css").header("Cache-Control")).contains("max-age");
    }

    @Test
    void everyAnswerHasANonceOfItsOwn() {
        assertThat(browser().get("/login").header("Content-Security-Policy"))
                .isNotEqualTo(browser().get("/login").header("Content-Security-Policy"));
    }

    @Test
    void everythingThePageLoadsIsThere() {
        var addresses = Pattern.compile("(?:src|href)=\"(/[^\"]+\\.(?:css|js|svg)[^\"]*)\"")
                .matcher(browser().get("/login").asString())
                .results()
                .map(match -> match.group(1))
                .toList();

        assertThat(addresses).hasSizeGreaterThanOrEqualTo(5);
        assertThat(addresses)
                .allSatisfy(address -> assertThat(browser().get(address).statusCode())
                        .as(address)
                        .isEqualTo(200));
    }

    @ParameterizedTest
    @CsvSource({
        "same-origin, , 401",
        "none, , 401",
        "cross-site, , 403",
        "same-site, , 403",
        ", ours, 401",
        ", http://127.0.0.1:9, 403",
        ", null, 403",
        ", , 403",
        "cross-site, ours, 403"
    })
    void onlyOurOwnPagesChangeAnything(@Nullable String site, @Nullable String origin, int status) {
        RequestSpecification request = given().formParams("email", "x@example.org", "password", "y");
        request = site == null ? request : request.header("Sec-Fetch-Site", site);
        request = origin == null
                ? request
                : request.header("Origin", origin.equals("ours") ? TestingNode.PRODUCT : origin);

        assertThat(request.accept("text/html").post("/login").statusCode()).isEqualTo(status);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUT", "DELETE", "PATCH", "POST"})
    void everyChangingMethodIsHeldToTheRule(String method) {
        assertThat(given().request(method, "/admin").statusCode()).isEqualTo(403);
    }

    @Test
    void webhooksAreSignedInstead() {
        assertThat(given().post("/webhooks/twilio/nothing").statusCode()).isEqualTo(404);
        assertThat(given().post("/webhooks/twilio/../../logout").statusCode()).isEqualTo(403);
    }

    @Test
    void forwardedHeadersChangeNothing() {
        String location = browser()
                .header("X-Forwarded-Host", "evil.example")
                .header("X-Forwarded-Proto", "https")
                .get("/account")
                .header("Location");

        assertThat(location).isEqualTo("/login?retour=%2Faccount");
    }

    @Test
    void aWrongAddressIsAFrenchPageAFragmentOrAProblem() {
        assertThat(browser().get("/nothing").asString())
                .contains("<!doctype html>", "Page introuvable", "Revenir à l'accueil");
        assertThat(browser().header("HX-Request", "true").get("/nothing").asString())
                .contains("data-problem")
                .doesNotContain("<html");
        Response problem = given().get("/nothing");
        assertThat(problem.statusCode()).isEqualTo(404);
        assertThat(problem.contentType()).startsWith("application/problem+json");
        assertThat(problem.jsonPath().getString("code")).isEqualTo("not-found");
    }

    @Test
    void aWrongMethodIsAProblem() {
        var agent = accounts.signedIn(Role.AGENT);
        Response answer =
                browser().cookie(TestingAccounts.COOKIE, agent.session()).delete("/login");

        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.header("Content-Security-Policy")).isNotNull();
    }

    @Test
    void theWrongRoleGetsAPageThatSaysWhatToDo() {
        var agent = accounts.signedIn(Role.AGENT);
        Response answer =
                browser().cookie(TestingAccounts.COOKIE, agent.session()).get("/admin");

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.asString()).contains("Accès refusé", "administrateur", "Camille Essai", "href=\"/desk\"");
    }

    @Test
    void htmxIsSentToSignInAndBack() {
        Response answer = browser()
                .header("HX-Request", "true")
                .header("HX-Current-URL", TestingNode.PRODUCT + "/desk?x=1")
                .get("/account");

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.header("HX-Redirect")).isEqualTo("/login?retour=%2Fdesk");
    }

    @Test
    void aFormSentAfterTheSessionEndedSaysThatNothingWasStored() {
        Response answer = browser().formParam("current", "x").post("/account/password");

        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(browser().get(answer.header("Location")).asString()).contains("pas été enregistré");
    }

    @Test
    void theFirstAdminPageIsClosedOnceThereIsAnAccount() {
        var unused = accounts.signedIn(Role.AGENT);

        assertThat(browser().get("/first-admin").statusCode()).isEqualTo(404);
        assertThat(browser().formParam("code", "x").post("/first-admin").statusCode())
                .isEqualTo(404);
        assertThat(answer(database.inTransaction(firstAdmin::newCode))).isNull();
    }

    @Test
    void theFirstAdminCodeWorksOnce() {
        var administrator = new Accounts.New("first@example.org", "Première Personne", Role.ADMIN, null);
        var story = withoutAccounts(sql -> firstAdmin
                .newCode(sql)
                .chain(code -> firstAdmin
                        .create(sql, "wrong", administrator, "hash", "127.0.0.1")
                        .onFailure()
                        .recoverWithItem("refused")
                        .chain(first -> firstAdmin
                                .create(sql, code, administrator, "hash", "127.0.0.1")
                                .chain(session -> firstAdmin
                                        .create(sql, code, administrator, "hash", "127.0.0.1")
                                        .onFailure()
                                        .recoverWithItem("refused")
                                        .chain(third -> Sessions.signedIn(sql, Hashes.sha256(session))
                                                .map(in -> first + ", "
                                                        + in.account().role() + ", " + third))))));

        assertThat(story).isEqualTo("refused, ADMIN, refused");
    }

    /** Runs the story in a transaction that takes every account away and never commits. */
    private String withoutAccounts(Function<Sql, Uni<String>> story) {
        var told = new AtomicReference<String>("");
        answer(database.inTransaction(sql -> sql.update("set local client_min_messages = warning")
                        .run()
                        .chain(() -> sql.update("truncate account cascade").run())
                        .chain(() -> story.apply(sql))
                        .invoke(told::set)
                        .chain(() -> Uni.createFrom().failure(new IllegalStateException("roll back"))))
                .onFailure()
                .recoverWithNull());
        return String.valueOf(told.get());
    }

    private static RequestSpecification browser() {
        return given().redirects().follow(false).accept("text/html,*/*;q=0.8").header("Sec-Fetch-Site", "same-origin");
    }
}
