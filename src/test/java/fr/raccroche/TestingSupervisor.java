package fr.raccroche;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import fr.raccroche.platform.FrenchCalendar;
import fr.raccroche.platform.Tokens;
import fr.raccroche.security.Role;
import fr.raccroche.simulator.people.Condition;
import fr.raccroche.simulator.people.Line;
import fr.raccroche.simulator.people.Owner;
import fr.raccroche.simulator.people.Persona;
import fr.raccroche.simulator.people.Population;
import io.restassured.config.EncoderConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Predicate;
import org.awaitility.Awaitility;

/** A supervisor at work over HTTP: lists of the people behind the simulated numbers, and campaigns about them. */
@ApplicationScoped
public class TestingSupervisor {

    private static final RestAssuredConfig UTF_8_FORMS =
            RestAssuredConfig.config().encoderConfig(new EncoderConfig().defaultContentCharset(StandardCharsets.UTF_8));

    private final TestingAccounts accounts;
    private final Tokens tokens;
    private final Clock clock;

    TestingSupervisor(TestingAccounts accounts, Tokens tokens, Clock clock) {
        this.accounts = accounts;
        this.tokens = tokens;
        this.clock = clock;
    }

    /** Those of the simulated people who are like this. */
    public List<Persona> people(Predicate<Persona> like) {
        LocalDate born = TestingNode.OPENING.atZone(FrenchCalendar.PARIS).toLocalDate();
        List<Persona> people = Population.generate(TestingNode.SEED, TestingNode.YOUTHS, born).personas().stream()
                .filter(like)
                .toList();
        assertThat(people).isNotEmpty();
        return people;
    }

    /** Whether they pick their own phone up, now and then, and talk at once. */
    public static boolean answersItself(Persona person) {
        Line first = person.lines().getFirst();
        return first.owner() == Owner.YOUTH
                && first.condition() == Condition.WORKS
                && person.callbackAt().isEmpty();
    }

    /** Loads these people under a name of its own. */
    public long list(String name, List<Persona> people) {
        byte[] file = new Population(people).csv().getBytes(StandardCharsets.UTF_8);
        String load = "/lists/loads/"
                + idIn(post().multiPart("file", "liste.csv", file, "text/csv")
                        .multiPart("name", name)
                        .multiPart("referenceDate", today().toString())
                        .post("/lists"));
        assertThat(post().post(load + "/mapping").statusCode()).isEqualTo(303);
        awaitState(load, "PREVIEW");
        assertThat(post().formParam("agreed", "yes").post(load + "/confirm").statusCode())
                .isEqualTo(303);
        return awaitState(load, "DONE").getLong("list");
    }

    private JsonPath awaitState(String load, String state) {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(
                        () -> post().get(load + ".json").jsonPath(),
                        json -> json.getString("state").equals(state));
    }

    /** A running campaign of this mode about these people. */
    public long campaign(String mode, List<Persona> people) {
        String name = mode.equals("PREVIEW") ? "Dossiers lus d'abord " : "Automne ";
        String id = tokens.next().substring(0, 5);
        long campaign = idIn(post().formParam("name", name + id)
                .formParam("list", list(name + id, people))
                .formParam("startsOn", today().toString())
                .formParam("endsOn", today().plusWeeks(10).toString())
                .formParam("maxAttempts", 10)
                .formParam("callerNumber", "+33199000100")
                .formParam("script", """
                        Bonjour, je vous appelle de la part de la Région Île-de-France. Est-ce que je parle bien à … ?
                        Que faites-vous en ce moment : études, apprentissage, formation, travail, service civique ?
                        Souhaitez-vous qu'un conseiller d'un CIO ou de la mission locale vous appelle sous 15 jours ?""")
                .formParam("smsText", "Bonjour, la Région Île-de-France a essayé de vous joindre. STOP")
                .formParam("mode", mode)
                .formParam("first", "ANY")
                .formParam("opens1", "10:00")
                .formParam("closes1", "13:00")
                .formParam("opens2", "14:00")
                .formParam("closes2", "20:00")
                .formParam("days", "MON", "TUE", "WED", "THU", "FRI")
                .post("/campaigns"));
        assertThat(post().post("/campaigns/" + campaign + "/start").statusCode())
                .isEqualTo(303);
        return campaign;
    }

    private LocalDate today() {
        return clock.instant().atZone(FrenchCalendar.PARIS).toLocalDate();
    }

    private static long idIn(Response created) {
        assertThat(created.statusCode()).as(created.asString()).isEqualTo(303);
        return Long.parseLong(created.header("Location").replaceFirst(".*/", ""));
    }

    private RequestSpecification post() {
        return given().baseUri(TestingNode.PRODUCT)
                .config(UTF_8_FORMS)
                .redirects()
                .follow(false)
                .header("Origin", TestingNode.PRODUCT)
                .cookie(
                        TestingAccounts.COOKIE,
                        accounts.signedIn(Role.SUPERVISOR).session());
    }
}
