package fr.raccroche.list;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.startsWith;

import fr.raccroche.ApplicationTest;
import fr.raccroche.TestingAccounts;
import fr.raccroche.TestingNode;
import fr.raccroche.list.row.Column;
import fr.raccroche.platform.Tokens;
import fr.raccroche.security.Role;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Lists from programs: with a token, at any hour, any number of times. */
@ApplicationTest
class ListApiTest {

    @Inject
    TestingUploads uploads;

    @Inject
    TestingAccounts accounts;

    @Inject
    Tokens tokens;

    private String name = "";
    private String token = "";

    @BeforeEach
    void newSource() {
        name = uploads.name();
        token = newToken("Rectorat " + name);
    }

    /** A token of a source, made by an administrator on the page. */
    private String newToken(String source) {
        uploads.as(Role.ADMIN)
                .header("Origin", TestingNode.PRODUCT)
                .formParam("name", source)
                .post("/lists/sources")
                .then()
                .statusCode(303);
        String page = uploads.supervisor().get("/lists/sources").asString();
        String id = page.replaceAll("(?s).*id=\"source-(\\d+)\">" + source + ".*", "$1");
        Response made = uploads.form().formParam("label", "essai").post("/lists/sources/" + id + "/tokens");
        assertThat(made.statusCode()).as(made.asString()).isEqualTo(200);
        return made.asString().replaceAll("(?s).*<code id=\"token\"[^>]*>([^<]+)</code>.*", "$1");
    }

    private RequestSpecification program(String secret) {
        return given().baseUri(TestingNode.PRODUCT).header("Authorization", "Bearer " + secret);
    }

    private RequestSpecification send() {
        return program(token).header("Idempotency-Key", tokens.next());
    }

    private RequestSpecification sendRows(Object... rows) {
        return send().contentType("application/json").body(Map.of("rows", rows));
    }

    private static Map<String, Object> person(String lastName) {
        return TestingList.sound(lastName).entrySet().stream()
                .filter(cell -> !cell.getValue().isEmpty())
                .collect(Collectors.toMap(cell -> cell.getKey().header(), Map.Entry::getValue));
    }

    private JsonPath await(Response accepted, String state) {
        assertThat(accepted.statusCode()).as(accepted.asString()).isEqualTo(202);
        return Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(
                        () -> program(token).get(accepted.header("Location")).jsonPath(),
                        json -> json.getString("state").equals(state));
    }

    private long newList(String... people) {
        Response sent = sendRows(
                        List.of(people).stream().map(ListApiTest::person).toArray())
                .queryParam("name", "Liste " + name)
                .post("/api/lists");
        return await(sent, "DONE").getLong("list");
    }

    @Test
    void rowsBecomeAListAndChangesFollow() {
        Response sent = sendRows(person(name), Map.of("nom", name, "prenom", "Sans date"))
                .queryParam("name", "Liste " + name)
                .post("/api/lists");

        assertThat(sent.header("Location")).isEqualTo(sent.jsonPath().getString("location"));
        JsonPath first = await(sent, "DONE");

        long list = first.getLong("list");
        assertThat(first.getInt("version")).isEqualTo(1);
        assertThat(first.getString("name")).isEqualTo("Liste " + name);
        assertThat(first.getInt("counts.created")).isEqualTo(1);
        assertThat(first.getInt("rejected.count")).isEqualTo(1);
        assertThat(first.getInt("rejected.rows[0].line")).isEqualTo(3);
        assertThat(first.getString("rejected.rows[0].field")).isEqualTo("date_naissance");
        assertThat(first.getString("rejected.rows[0].code")).isEqualTo("MISSING");
        assertThat(first.getString("rejected.next")).isNull();

        Map<String, Object> gone = new HashMap<>(person(name));
        gone.put("retrait", "oui");
        JsonPath second =
                await(sendRows(gone, person(uploads.name())).post("/api/lists/" + list + "/versions"), "DONE");

        assertThat(second.getInt("version")).isEqualTo(2);
        assertThat(second.getInt("counts.created")).isEqualTo(1);
        assertThat(second.getInt("counts.withdrawn")).isEqualTo(1);
        assertThat(second.getBoolean("complete")).isFalse();
        uploads.supervisor().get("/lists.json").then().body("find { it.id == %d }.people".formatted(list), is(1));
    }

    @Test
    void aFileComesAsItIsOrInAForm() {
        String file = TestingList.empty().person(name).text();
        long list = await(
                        send().contentType("text/csv")
                                .body(file)
                                .queryParam("name", name)
                                .post("/api/lists"),
                        "DONE")
                .getLong("list");

        JsonPath second = await(
                send().multiPart(
                                "file",
                                "liste.csv",
                                file.replace("Lina", "Lina Rose").getBytes(StandardCharsets.UTF_8))
                        .multiPart("complete", "true")
                        .post("/api/lists/" + list + "/versions"),
                "DONE");

        assertThat(second.getBoolean("complete")).isTrue();
        assertThat(second.getInt("counts.rows")).isEqualTo(1);
        assertThat(second.getInt("version")).isEqualTo(2);
    }

    @Test
    void theSameKeyIsTheSameLoadAndNeverAnother() {
        String key = tokens.next();
        RequestSpecification first = program(token)
                .header("Idempotency-Key", key)
                .contentType("application/json")
                .body(Map.of("rows", List.of(person(name))))
                .queryParam("name", name);
        String location = first.post("/api/lists").header("Location");
        Set<String> repeated = IntStream.range(0, 8)
                .parallel()
                .mapToObj(i -> program(token)
                        .header("Idempotency-Key", key)
                        .contentType("application/json")
                        .body(Map.of("rows", List.of(person(name))))
                        .queryParam("name", name)
                        .post("/api/lists")
                        .header("Location"))
                .collect(Collectors.toSet());

        assertThat(repeated).containsExactly(location);
        program(token)
                .header("Idempotency-Key", key)
                .contentType("application/json")
                .body(Map.of("rows", List.of(person(uploads.name()))))
                .queryParam("name", name)
                .post("/api/lists")
                .then()
                .statusCode(409)
                .contentType("application/problem+json")
                .body("code", is("key-reused"));
        assertThat(Stream.of(true, false)
                        .map(complete -> program(token)
                                .header("Idempotency-Key", key)
                                .contentType("application/json")
                                .body(Map.of("complete", complete, "rows", List.of(person(name))))
                                .queryParam("name", name)
                                .post("/api/lists")
                                .statusCode()))
                .containsExactlyInAnyOrder(202, 409);
        Awaitility.await().until(() -> uploads.people(name) == 1);
    }

    @Test
    void aTokenOpensTheListsOfItsSourceOnly() {
        long list = newList(name);
        String load = sendRows(person(uploads.name()))
                .post("/api/lists/" + list + "/versions")
                .header("Location");
        String other = newToken("DRAAF " + name);

        program(other)
                .header("Idempotency-Key", "1")
                .contentType("application/json")
                .body(Map.of("rows", List.of(person(name))))
                .post("/api/lists/" + list + "/versions")
                .then()
                .statusCode(403)
                .contentType("application/problem+json")
                .body("code", is("wrong-source"))
                .body("detail", containsString("DRAAF " + name));
        program(other).get(load).then().statusCode(403).body("code", is("wrong-source"));
        send().contentType("application/json")
                .body(Map.of("rows", List.of(person(name))))
                .post("/api/lists/999999999/versions")
                .then()
                .statusCode(404);
    }

    @Test
    void theSameBytesOfAnotherSourceMakeAListOfTheirOwn() {
        long list = newList(name);
        String other = newToken("DRAAF " + name);

        Response sent = program(other)
                .header("Idempotency-Key", "1")
                .contentType("application/json")
                .body(Map.of("rows", List.of(person(name))))
                .queryParam("name", "Ailleurs " + name)
                .post("/api/lists");

        JsonPath done = Awaitility.await()
                .until(
                        () -> program(other).get(sent.header("Location")).jsonPath(),
                        json -> json.getString("state").equals("DONE"));
        assertThat(done.getLong("list")).isNotEqualTo(list);
        assertThat(done.getInt("counts.joined")).isEqualTo(1);
    }

    @Test
    void withoutATokenThatWorksNothingOpens() {
        String session = accounts.signedIn(Role.SUPERVISOR).session();
        for (RequestSpecification request : List.of(
                given().baseUri(TestingNode.PRODUCT),
                program("raccroche_" + tokens.next()),
                given().baseUri(TestingNode.PRODUCT).header("Authorization", "Basic " + token),
                given().baseUri(TestingNode.PRODUCT).cookie(TestingAccounts.COOKIE, session))) {
            request.contentType("application/json")
                    .body("{}")
                    .header("Accept", "text/html")
                    .post("/api/lists")
                    .then()
                    .statusCode(401)
                    .header("WWW-Authenticate", startsWith("Bearer"))
                    .contentType("application/problem+json")
                    .body("code", is("no-token"));
        }
        assertThat(program(token).get("/lists.json").statusCode()).isEqualTo(401);
        assertThat(program(token).get("/lists/sources").statusCode()).isEqualTo(401);
    }

    @Test
    void aRevokedTokenOpensNothing() {
        String page = uploads.supervisor().get("/lists/sources").asString();
        assertThat(page).doesNotContain(token);
        String id = page.replaceAll("(?s).*id=\"source-\\d+\">Rectorat " + name + ".*?/tokens/(\\d+)/revoke.*", "$1");
        uploads.post("/lists/sources/tokens/" + id + "/revoke", Map.of());

        sendRows(person(name))
                .queryParam("name", name)
                .post("/api/lists")
                .then()
                .statusCode(401);
        uploads.form().post("/lists/sources/tokens/" + id + "/revoke").then().statusCode(404);
    }

    @Test
    void whatIsWrongIsSaidAtOnceAndKeepsNothing() {
        long list = newList(name);
        String versions = "/api/lists/" + list + "/versions";
        program(token)
                .contentType("application/json")
                .body(Map.of("rows", List.of(person(name))))
                .post(versions)
                .then()
                .statusCode(400)
                .body("code", is("idempotency-key"));
        sendRows(Map.of("naissance", 1))
                .post(versions)
                .then()
                .statusCode(400)
                .body("detail", containsString("naissance"));
        sendRows(person(name)).post("/api/lists").then().statusCode(400).body("code", is("name"));
        sendRows(person(name))
                .queryParam("complete", "oui")
                .post(versions)
                .then()
                .statusCode(400)
                .body("code", is("complete"));
        sendRows(person(name))
                .queryParam("reference_date", "demain")
                .post(versions)
                .then()
                .statusCode(400)
                .body("code", is("reference-date"));
        sendRows(person(name))
                .queryParam("reference_date", "2025-11-20")
                .post(versions)
                .then()
                .statusCode(400)
                .body("code", is("list-of-before"))
                .body("detail", containsString("une année passée"));
        send().contentType("text/csv").post(versions).then().statusCode(400).body("code", is("body-empty"));
        send().contentType("application/xml").body("<a/>").post(versions).then().statusCode(415);
        send().multiPart("other", "x").post(versions).then().statusCode(400).body("code", is("file-missing"));
        program(token).get("/api/loads/999999999").then().statusCode(404);
        uploads.supervisor().get("/lists.json").then().body("find { it.id == %d }.version".formatted(list), is(1));
    }

    @Test
    void anAlarmingFileWaitsForASupervisor() {
        String[] people = IntStream.range(0, 25).mapToObj(i -> uploads.name()).toArray(String[]::new);
        long list = newList(people);

        JsonPath waiting = await(
                sendRows(person(name)).queryParam("complete", "true").post("/api/lists/" + list + "/versions"),
                "PREVIEW");

        assertThat(waiting.getInt("counts.withdrawn")).isEqualTo(25);
        assertThat(waiting.getString("advice")).contains("confirmez");
        uploads.supervisor().get("/lists.json").then().body("find { it.id == %d }.people".formatted(list), is(25));
        assertThat(uploads.confirm("/lists/loads/" + waiting.getLong("id")).getInt("version"))
                .isEqualTo(2);
    }

    @Test
    void aFileThatCannotBeReadIsRefusedWithItsReason() {
        byte[] oldWorkbook = {(byte) 0xD0, (byte) 0xCF, 0x11, (byte) 0xE0, 0, 0, 0, 0, 0, 0};

        JsonPath refused = await(
                send().contentType("application/octet-stream")
                        .body(oldWorkbook)
                        .queryParam("name", name)
                        .post("/api/lists"),
                "REFUSED");

        assertThat(refused.getString("refusal.code")).isEqualTo("UNREAD_FORMAT");
        assertThat(refused.getString("refusal.detail")).contains("Enregistrer sous");
    }

    @Test
    void rejectedRowsComePageByPage() {
        var rows = IntStream.range(0, 501)
                .mapToObj(i -> Map.of("nom", name, "prenom", "P" + i))
                .toArray();
        JsonPath first = await(sendRows(rows).queryParam("name", name).post("/api/lists"), "PREVIEW");

        assertThat(first.getInt("rejected.count")).isEqualTo(501);
        assertThat(first.getList("rejected.rows")).hasSize(500);
        program(token)
                .get(first.getString("rejected.next"))
                .then()
                .body("rejected.rows", hasSize(1))
                .body("rejected.rows[0].line", is(502));
    }

    @Test
    void whoSendsTooFastIsToldToWait() {
        Response last = tooFast();
        for (int i = 0; i < 70 && last.statusCode() == 202; i++) {
            last = tooFast();
        }

        assertThat(last.statusCode()).isEqualTo(429);
        assertThat(last.header("Retry-After")).isEqualTo("60");
        assertThat(last.contentType()).startsWith("application/problem+json");
    }

    private Response tooFast() {
        return send().contentType("text/csv").body("x").queryParam("name", name).post("/api/lists");
    }

    @Test
    void theDescriptionIsForEverybodyAndNamesEveryField() {
        String page = given().baseUri(TestingNode.PRODUCT).get("/lists/api").asString();

        assertThat(page).contains(Column.all().stream().map(Column::header).toList());
        assertThat(page).contains("Idempotency-Key", "wrong-source");
    }
}
