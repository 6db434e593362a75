package fr.raccroche.campaign;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import fr.raccroche.ApplicationTest;
import fr.raccroche.TestingAccounts;
import fr.raccroche.TestingNode;
import fr.raccroche.TestingQueue;
import fr.raccroche.platform.Database;
import fr.raccroche.security.Role;
import io.restassured.config.EncoderConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every door by which a text comes in that a youth or a third party reads or hears, and what must not come in there. */
@ApplicationTest
class PublicDoorsTest {

    /** Page and field; "written" where the text is sent, and must say how to stop and which fields it may have. */
    private static final List<List<String>> DOORS = List.of(
            List.of("", "smsText", "written"),
            List.of("", "script", "read"),
            List.of("", "name", "read"),
            List.of("/{id}/edit", "script", "read"),
            List.of("/{id}/edit", "name", "read"),
            List.of("/{id}/texts", "text-ANNOUNCEMENT", "written"),
            List.of("/{id}/texts", "text-FALLBACK", "written"),
            List.of("/{id}/texts", "text-VOICEMAIL", "written"),
            List.of("/{id}/texts", "text-REMINDER", "written"),
            List.of("/{id}/texts", "service", "said"),
            List.of("/{id}/mode", "voicemail", "said"),
            List.of("/{id}/mode", "nobody", "said"));

    /** Fields of the same pages in which nobody writes to anybody. */
    private static final List<String> NO_DOORS = List.of("blockedDays", "fallbackAfter", "target");

    @Inject
    TestingAccounts accounts;

    @Inject
    Database database;

    @Inject
    Clock clock;

    static Stream<Arguments> doorsAndWords() {
        return DOORS.stream()
                .flatMap(door -> Stream.of(
                                "Vous êtes décrocheur. STOP", "le d é c r o c h a g e {lien}", "DECROSHEUSE STOP")
                        .map(text -> Arguments.of(door.get(0), door.get(1), text)));
    }

    @ParameterizedTest
    @MethodSource("doorsAndWords")
    void theWordPassesNoDoor(String page, String field, String text) {
        refuses(page, field, text);
    }

    static Stream<Arguments> writtenDoors() {
        return DOORS.stream()
                .filter(door -> door.get(2).equals("written"))
                .map(door -> Arguments.of(door.get(0), door.get(1)));
    }

    @ParameterizedTest
    @MethodSource("writtenDoors")
    void aTextThatDoesNotSayHowToStopPassesNoDoor(String page, String field) {
        refuses(page, field, "Bonjour, rappelez-nous");
    }

    @ParameterizedTest
    @MethodSource("writtenDoors")
    void aFieldThatDoesNotExistPassesNoDoor(String page, String field) {
        refuses(page, field, "Bonjour {nom}, STOP");
        refuses(page, field, "Bonjour [prenom], STOP");
    }

    @ParameterizedTest
    @ValueSource(strings = {"voicemail", "nobody"})
    void whatIsSaidHasNoFields(String field) {
        refuses("/{id}/mode", field, "Bonjour {prenom}, rappelez-nous");
    }

    /** The same page again: what was typed is there, the mistake is at its field, and the summary leads there. */
    private void refuses(String page, String field, String text) {
        long campaign = new TestingQueue(database, clock.instant()).id();
        Map<String, Object> fields = page.isEmpty() ? complete(campaign) : existing(campaign, page);
        fields.put(field, text);
        fields.put("on-" + field.replace("text-", ""), "on");

        Response answer = post(page.replace("{id}", Long.toString(campaign)), fields);

        assertThat(answer.statusCode()).isEqualTo(400);
        Document again = Jsoup.parse(answer.asString());
        Element control = again.expectFirst("main [name=\"" + field + "\"]");
        assertThat(control.normalName().equals("textarea") ? control.text() : control.val())
                .isEqualTo(text);
        assertThat(control.attr("aria-invalid")).isEqualTo("true");
        assertThat(again.select("#mistake-" + field)).hasSize(1);
        assertThat(control.attr("aria-describedby")).startsWith("mistake-" + field);
        assertThat(again.select("#mistakes a").eachAttr("href")).contains("#" + control.id());
    }

    /** A new field of these pages is a door, or somebody says that it is none. */
    @Test
    void everyFieldThatTakesWordsIsKnown() {
        Pattern field = Pattern.compile(
                "<(?:textarea|input(?![^>]*type=\"(?:number|date|time|hidden|radio|checkbox|search)\"))[^>]*?name=\"([^\"]+)\"");
        List<String> known = Stream.concat(
                        DOORS.stream().map(door -> door.get(1)),
                        Stream.concat(NO_DOORS.stream(), Stream.of("text-{card.kind}")))
                .toList();
        for (String room : List.of("CampaignPages", "ModePages", "TextPages", "PlanPages")) {
            assertThat(templates(room)
                            .flatMap(text -> field.matcher(text).results().map(found -> found.group(1))))
                    .as(room)
                    .isSubsetOf(known);
        }
    }

    private static Stream<String> templates(String room) {
        Path folder = Path.of("src", "main", "resources", "templates", room);
        try (var files = Files.list(folder)) {
            return files.toList().stream().map(PublicDoorsTest::read);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Map<String, Object> existing(long campaign, String page) {
        return page.endsWith("/edit") ? complete(campaign) : new HashMap<>();
    }

    private Map<String, Object> complete(long campaign) {
        var queue = database.inTransaction(sql -> sql.query("select list_id from campaign where id = :id")
                        .set("id", campaign)
                        .one(row -> row.id("list_id")))
                .await()
                .indefinitely();
        var fields = new HashMap<String, Object>();
        fields.put("name", "Automne");
        fields.put("list", queue);
        fields.put("startsOn", "2026-11-23");
        fields.put("endsOn", "2027-01-29");
        fields.put("callerNumber", "+33199000100");
        fields.put("script", "Bonjour");
        fields.put("smsText", "Bonjour, rappelez-nous. STOP");
        fields.put("mode", "PROGRESSIVE");
        fields.put("days", List.of("MONDAY", "TUESDAY"));
        fields.put("opens1", "10:00");
        fields.put("closes1", "13:00");
        fields.put("opens2", "14:00");
        fields.put("closes2", "20:00");
        return fields;
    }

    private Response post(String page, Map<String, Object> fields) {
        return given().baseUri(TestingNode.PRODUCT)
                .config(RestAssuredConfig.config()
                        .encoderConfig(new EncoderConfig().defaultContentCharset(StandardCharsets.UTF_8)))
                .redirects()
                .follow(false)
                .header("Origin", TestingNode.PRODUCT)
                .header("Accept", "text/html")
                .cookie(
                        TestingAccounts.COOKIE,
                        accounts.signedIn(Role.SUPERVISOR).session())
                .formParams(fields)
                .post("/campaigns" + page);
    }
}
