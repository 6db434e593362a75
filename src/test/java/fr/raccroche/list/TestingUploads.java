package fr.raccroche.list;

import static fr.raccroche.Blocking.answer;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import fr.raccroche.TestingAccounts;
import fr.raccroche.TestingNode;
import fr.raccroche.platform.Database;
import fr.raccroche.security.Role;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.awaitility.Awaitility;

/** Files sent in by a supervisor over HTTP, as the pages do it. */
@ApplicationScoped
class TestingUploads {

    static final String DAY = "2026-11-20";

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final TestingAccounts accounts;
    private final Database database;
    private final RandomGenerator random;

    TestingUploads(TestingAccounts accounts, Database database, RandomGenerator random) {
        this.accounts = accounts;
        this.database = database;
        this.random = random;
    }

    /** A name unlike any other, in letters only. */
    String name() {
        var name = new StringBuilder("Z");
        for (int i = 0; i < 11; i++) {
            name.append((char) random.nextInt('a', 'z' + 1));
        }
        return name.toString();
    }

    RequestSpecification as(Role role) {
        return given().baseUri(TestingNode.PRODUCT)
                .redirects()
                .follow(false)
                .cookie(TestingAccounts.COOKIE, accounts.signedIn(role).session());
    }

    RequestSpecification supervisor() {
        return as(Role.SUPERVISOR);
    }

    RequestSpecification form() {
        return supervisor().header("Origin", TestingNode.PRODUCT).header("Accept", "text/html");
    }

    /** The answer to an upload; fields not given are those of a new list. */
    Response upload(String fileName, byte[] file, Map<String, String> fields) {
        var form = new HashMap<>(Map.of("name", name(), "referenceDate", DAY));
        form.putAll(fields);
        RequestSpecification request = form().multiPart("file", fileName, file, "text/csv");
        form.forEach((field, value) -> request.multiPart(field, value, "text/plain; charset=UTF-8"));
        return request.post("/lists");
    }

    /** The address of the load that an upload made. */
    String send(String file, Map<String, String> fields) {
        return send("liste.csv", file.getBytes(StandardCharsets.UTF_8), fields);
    }

    String send(String fileName, byte[] file, Map<String, String> fields) {
        Response sent = upload(fileName, file, fields);
        assertThat(sent.statusCode()).as(sent.asString()).isEqualTo(303);
        return sent.header("Location");
    }

    JsonPath state(String load) {
        return supervisor().get(load + ".json").jsonPath();
    }

    JsonPath awaitState(String load, String state) {
        return Awaitility.await()
                .atMost(PATIENCE)
                .failFast(
                        "it ended otherwise",
                        () -> !state.equals("REFUSED")
                                && state(load).getString("state").equals("REFUSED"))
                .until(() -> state(load), json -> json.getString("state").equals(state));
    }

    /** Sends a form that is taken. */
    void post(String path, Map<String, String> fields) {
        Response answer = form().formParams(fields).post(path);
        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(303);
    }

    /** Agrees to the columns that were recognised and waits for what the file would do. */
    JsonPath preview(String load) {
        post(load + "/mapping", Map.of());
        return awaitState(load, "PREVIEW");
    }

    JsonPath confirm(String load) {
        post(load + "/confirm", Map.of("agreed", "yes"));
        return awaitState(load, "DONE");
    }

    /** A file through all its steps. */
    JsonPath load(String file, Map<String, String> fields) {
        String load = send(file, fields);
        preview(load);
        return confirm(load);
    }

    /** How many people of this last name are known. */
    int people(String lastName) {
        return answer(database.inTransaction(
                sql -> sql.query("select cast(count(*) as integer) as people from youth where last_name = :name")
                        .set("name", lastName)
                        .one(row -> row.integer("people"))));
    }

    /** How often something was noted about a subject. */
    int noted(String action, String subject) {
        return answer(database.inTransaction(sql ->
                sql.query("""
                        select cast(count(*) as integer) as notes from access_log
                         where action = :action and subject = :subject""").set("action", action).set("subject", subject).one(row -> row.integer("notes"))));
    }
}
