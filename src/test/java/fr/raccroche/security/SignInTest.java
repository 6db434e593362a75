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
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ApplicationTest
class SignInTest {

    private static final String PASSWORD = "quatre chevaux sur la plage";

    @Inject
    Database database;

    @Inject
    Passwords passwords;

    @Inject
    Tokens tokens;

    private String email = "";

    @BeforeEach
    void anAgent() {
        email = tokens.next().toLowerCase(Locale.ROOT) + "@example.org";
        String hash = answer(passwords.hash(PASSWORD));
        answer(database.inTransaction(
                sql -> Accounts.create(sql, new Accounts.New(email, "Alex Martin", Role.AGENT, null), hash, false)));
    }

    @Test
    void theRightPasswordLeadsToTheHomeOfTheRole() {
        Response answer = signIn(PASSWORD);

        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(answer.header("Location")).isEqualTo("/desk");
        assertThat(answer.header("Set-Cookie"))
                .startsWith("raccroche=")
                .containsIgnoringCase("HttpOnly")
                .containsIgnoringCase("SameSite=Lax")
                .contains("Path=/")
                .doesNotContainIgnoringCase("Secure");
        assertThat(account(answer.cookie(TestingAccounts.COOKIE)).statusCode()).isEqualTo(200);
    }

    @Test
    void theEmailIsReadWithoutRegardToCase() {
        assertThat(browser()
                        .formParams("email", " " + email.toUpperCase(Locale.ROOT), "password", PASSWORD)
                        .post("/login")
                        .statusCode())
                .isEqualTo(303);
    }

    @Test
    void aWrongPasswordAndAnUnknownEmailReadTheSame() {
        Response wrong = signIn("une autre phrase");
        Response unknown = browser()
                .formParams("email", "personne@example.org", "password", PASSWORD)
                .post("/login");

        assertThat(wrong.statusCode()).isEqualTo(401);
        assertThat(unknown.statusCode()).isEqualTo(401);
        assertThat(text(wrong)).isEqualTo(text(unknown));
        assertThat(wrong.cookies()).isEmpty();
    }

    private String text(Response page) {
        return page.asString()
                .replaceAll("nonce\":\"|Nonce\":\"[^\"]*", "")
                .replace(email, "E")
                .replace("personne@example.org", "E");
    }

    @Test
    void anUnknownEmailCostsAHashAsWell() {
        long known = fastest(email);
        long unknown = fastest("inconnu-" + email);

        assertThat(unknown).isBetween(known / 3, known * 3);
    }

    private long fastest(String address) {
        long best = Long.MAX_VALUE;
        for (int i = 0; i < 4; i++) {
            best = Math.min(
                    best,
                    browser()
                            .formParams("email", address, "password", "une autre phrase")
                            .post("/login")
                            .time());
        }
        return best;
    }

    @Test
    void theSixthGuessIsNotLookedAtEvenWhenRight() {
        for (int i = 0; i < 5; i++) {
            assertThat(signIn("une autre phrase").statusCode()).isEqualTo(401);
        }

        assertThat(signIn(PASSWORD).statusCode()).isEqualTo(429);

        run(
                "update sign_in_failure set at = at - interval '16 minutes' where email_hash = sha256(convert_to(:key, 'UTF8'))");
        assertThat(signIn(PASSWORD).statusCode()).isEqualTo(303);
    }

    @Test
    void guessesAtOnceCountAsWell() {
        var statuses = IntStream.range(0, 12)
                .parallel()
                .map(i -> signIn("une autre phrase").statusCode())
                .boxed()
                .toList();

        assertThat(statuses).filteredOn(status -> status == 401).hasSizeLessThanOrEqualTo(5);
    }

    @Test
    void anAddressThatFailedFiftyTimesHasToWait() {
        String mark = tokens.next();
        answer(database.inTransaction(sql -> sql.update("""
                        insert into sign_in_failure (email_hash, address, failed)
                        select sha256(convert_to(:mark, 'UTF8')), '127.0.0.1', true from generate_series(1, 50)""").set("mark", mark).run()));
        try {
            assertThat(signIn(PASSWORD).statusCode()).isEqualTo(429);
        } finally {
            answer(database.inTransaction(sql -> sql.update(
                            "delete from sign_in_failure where email_hash = sha256(convert_to(:mark, 'UTF8'))")
                    .set("mark", mark)
                    .run()));
        }
        assertThat(signIn(PASSWORD).statusCode()).isEqualTo(303);
    }

    @Test
    void signingOutEndsTheSessionEvenForACopyOfTheCookie() {
        String session = signIn(PASSWORD).cookie(TestingAccounts.COOKIE);

        Response out = browser().cookie(TestingAccounts.COOKIE, session).post("/logout");

        assertThat(out.statusCode()).isEqualTo(303);
        assertThat(out.header("Location")).isEqualTo("/login");
        assertThat(account(session).statusCode()).isEqualTo(401);
    }

    @Test
    void everySignInIsANewSession() {
        assertThat(signIn(PASSWORD).cookie(TestingAccounts.COOKIE))
                .isNotEqualTo(signIn(PASSWORD).cookie(TestingAccounts.COOKIE));
    }

    @Test
    void aDisabledAccountIsOutAtTheNextRequest() {
        String session = signIn(PASSWORD).cookie(TestingAccounts.COOKIE);

        run("update account set active = false where email = :key");

        assertThat(account(session).statusCode()).isEqualTo(401);
        assertThat(signIn(PASSWORD).statusCode()).isEqualTo(401);
    }

    @Test
    void aNewRoleCountsAtTheNextRequest() {
        String session = signIn(PASSWORD).cookie(TestingAccounts.COOKIE);
        assertThat(program(session).get("/admin").statusCode()).isEqualTo(403);

        run("update account set role = 'ADMIN' where email = :key");

        assertThat(program(session).get("/admin").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "last_seen_at, 29 minutes, 200",
        "last_seen_at, 31 minutes, 401",
        "created_at, 9 hours 59 minutes, 200",
        "created_at, 10 hours 1 minute, 401"
    })
    void sessionsEndIdleOrOld(String column, String ago, int status) {
        String session = signIn(PASSWORD).cookie(TestingAccounts.COOKIE);

        run(
                "update session set %s = now() - interval '%s' where account_id = (select id from account where email = :key)"
                        .formatted(column, ago));

        assertThat(account(session).statusCode()).isEqualTo(status);
    }

    @Test
    void aRequestKeepsTheSessionAliveAtMostOnceAMinute() {
        String session = signIn(PASSWORD).cookie(TestingAccounts.COOKIE);

        assertThat(lastSeenAfterRequestWhenSeen("50 seconds", session)).isEqualTo("old");
        assertThat(lastSeenAfterRequestWhenSeen("70 seconds", session)).isEqualTo("new");
    }

    private String lastSeenAfterRequestWhenSeen(String ago, String session) {
        run(
                "update session set last_seen_at = now() - interval '%s' where account_id = (select id from account where email = :key)"
                        .formatted(ago));
        account(session);
        return answer(
                database.inTransaction(sql -> sql.query("""
                        select case when last_seen_at > now() - interval '20 seconds' then 'new' else 'old' end as age
                        from session where account_id = (select id from account where email = :email)""").set("email", email).one(row -> row.text("age"))));
    }

    @Test
    void aChangedPasswordEndsAllOtherSessions() {
        String other = signIn(PASSWORD).cookie(TestingAccounts.COOKIE);
        String session = signIn(PASSWORD).cookie(TestingAccounts.COOKIE);

        Response changed = browser()
                .cookie(TestingAccounts.COOKIE, session)
                .formParams("current", PASSWORD, "password", "trois barques bleues", "repeated", "trois barques bleues")
                .post("/account/password");

        assertThat(changed.statusCode()).isEqualTo(303);
        assertThat(account(other).statusCode()).isEqualTo(401);
        assertThat(account(session).statusCode()).isEqualTo(401);
        assertThat(account(changed.cookie(TestingAccounts.COOKIE)).statusCode()).isEqualTo(200);
        assertThat(signIn(PASSWORD).statusCode()).isEqualTo(401);
        assertThat(signIn("trois barques bleues").statusCode()).isEqualTo(303);
    }

    @Test
    void whoWasGivenAPasswordChoosesTheirOwnFirst() {
        run("update account set password_temporary = true where email = :key");

        Response in = signIn(PASSWORD);
        String session = in.cookie(TestingAccounts.COOKIE);

        assertThat(in.header("Location")).isEqualTo("/account");
        run("update account set role = 'ADMIN' where email = :key");
        Response held = browser().cookie(TestingAccounts.COOKIE, session).get("/admin");
        assertThat(held.statusCode()).isEqualTo(303);
        assertThat(held.header("Location")).isEqualTo("/account");
        assertThat(account(session).statusCode()).isEqualTo(200);
    }

    @Test
    void aPageAskedForBeforeSignInIsReachedAfterwards() {
        Response asked = browser().get("/account?change=true");

        assertThat(asked.statusCode()).isEqualTo(303);
        assertThat(asked.header("Location")).isEqualTo("/login?retour=%2Faccount%3Fchange%3Dtrue");
        assertThat(browser()
                        .formParams("email", email, "password", PASSWORD, "retour", "/account?change=true")
                        .post("/login")
                        .header("Location"))
                .isEqualTo("/account?change=true");
    }

    @ParameterizedTest
    @CsvSource({
        "/desk, true",
        "/campaigns/3?x=1, true",
        "//evil.example, false",
        "/\\evil.example, false",
        "https://evil.example, false",
        "javascript:alert(1), false",
        "/login, false",
        "/, false",
        "'', false"
    })
    void onlyLocalPathsAreReturnedTo(String path, boolean local) {
        assertThat(SignInPages.isLocal(path)).isEqualTo(local);
    }

    @Test
    void signInsAndFailuresAreInTheAccessLogWithoutTheEmail() {
        signIn("une autre phrase");
        String session = signIn(PASSWORD).cookie(TestingAccounts.COOKIE);
        browser().cookie(TestingAccounts.COOKIE, session).post("/logout");

        var log = answer(database.inTransaction(
                sql -> sql.query("""
                        select action, coalesce(subject, '') as subject, address from access_log
                        where account_id = (select id from account where email = :email)
                           or subject = 'email:' || encode(sha256(convert_to(:email, 'UTF8')), 'hex') order by id""").set("email", email).list(row -> row.text("action") + " " + row.text("address"))));

        assertThat(log).containsExactly("sign-in-failed 127.0.0.1", "signed-in 127.0.0.1", "signed-out 127.0.0.1");
    }

    private Response signIn(String password) {
        return browser().formParams("email", email, "password", password).post("/login");
    }

    private Response account(String session) {
        return program(session).get("/account");
    }

    private void run(String update) {
        answer(database.inTransaction(
                sql -> sql.update(update).set("key", email).run()));
    }

    private static RequestSpecification program(String session) {
        return given().redirects().follow(false).accept("*/*").cookie(TestingAccounts.COOKIE, session);
    }

    private static RequestSpecification browser() {
        return given().redirects().follow(false).accept("text/html,*/*;q=0.8").header("Sec-Fetch-Site", "same-origin");
    }
}
