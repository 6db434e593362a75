package fr.raccroche.desk;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import fr.raccroche.ApplicationTest;
import fr.raccroche.TestingAccounts;
import fr.raccroche.TestingNode;
import fr.raccroche.TestingQueue;
import fr.raccroche.dialing.TestingCall;
import fr.raccroche.platform.Database;
import fr.raccroche.platform.Tokens;
import fr.raccroche.security.Role;
import io.agroal.api.AgroalDataSource;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the desk shows was so at one moment, whatever begins or ends while it is read. */
@ApplicationTest
class MomentTest {

    @Inject
    Database database;

    @Inject
    AgroalDataSource connections;

    @Inject
    TestingAccounts accounts;

    @Inject
    Tokens tokens;

    private TestingQueue campaign;
    private TestingAccounts.Person agent;

    @BeforeEach
    void agent() {
        campaign = new TestingQueue(database, TestingNode.OPENING);
        agent = accounts.signedIn(Role.AGENT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/desk/work", "/desk/status", "/desk"})
    void aCallThatBeginsMeanwhileIsNotOnThePageYet(String path) throws SQLException {
        Response page = readWhile(this::begin, path);

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.asString()).doesNotContain("Benali");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/desk/work", "/desk/status", "/desk"})
    void aCallThatEndsMeanwhileIsStillOnThePage(String path) throws SQLException {
        TestingCall call = begin();

        Response page = readWhile(
                () -> campaign.run(
                        "update call_attempt set ended_at = :at, closed_at = :at where id = :id",
                        Map.of("at", TestingNode.OPENING, "id", call.id())),
                path);

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.asString()).contains("dialing");
    }

    private TestingCall begin() {
        long youth = campaign.youth("TO_CALL");
        return TestingCall.open(
                campaign,
                tokens,
                youth,
                campaign.number(youth, "YOUTH"),
                agent.account().id(),
                1,
                TestingNode.OPENING);
    }

    /** The page, of which the first half is read before {@code change} and the second half after it. */
    private Response readWhile(Runnable change, String path) throws SQLException {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor();
                var gate = connections.getConnection()) {
            gate.setAutoCommit(false);
            try (var statement = gate.createStatement()) {
                var unused = statement.execute("lock table outcome in access exclusive mode");
            }
            var page = CompletableFuture.supplyAsync(() -> get(path), threads);
            await().until(this::somebodyWaits);
            change.run();
            gate.commit();
            return page.join();
        }
    }

    private boolean somebodyWaits() {
        return campaign.ask(
                        "select count(*) as n from pg_locks where relation = cast('outcome' as regclass) and not granted",
                        Map.of(),
                        row -> row.id("n"))
                > 0;
    }

    private Response get(String path) {
        return given().baseUri(TestingNode.PRODUCT)
                .cookie(TestingAccounts.COOKIE, agent.session())
                .accept("text/html")
                .get(path);
    }
}
