package fr.raccroche.simulator;

import static fr.raccroche.simulator.TestingWorld.eventually;
import static fr.raccroche.simulator.people.TestingPeople.line;
import static fr.raccroche.simulator.people.TestingPeople.youth;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.twilio.rest.api.v2010.account.Call;
import com.twilio.type.PhoneNumber;
import com.twilio.type.Twiml;
import fr.raccroche.simulator.people.Condition;
import fr.raccroche.simulator.people.Stance;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SoftphoneTest {

    private static final String MOBILE = "+33639980001";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private TestingWorld world;

    @BeforeEach
    void open() throws IOException {
        world = new TestingWorld(youth("1", Stance.WANTS_MISSION_LOCALE, line(MOBILE, Condition.WORKS)));
        world.product.answer("/agent", "<Response><Dial><Conference>agent-7</Conference></Dial></Response>");
    }

    @AfterEach
    void close() {
        http.close();
        world.close();
    }

    @Test
    void aGenuineTokenConnectsTheHeadsetOfItsIdentity() throws Exception {
        JsonNode answer = JSON.readTree(post("/client/connect", Map.of("token", TestingWorld.token("7")))
                .body());
        assertThat(answer.path("callSid").asText()).matches("CA[0-9a-f]{32}");
        eventually(() -> Call.fetcher(answer.path("callSid").asText())
                        .fetch(world.twilio)
                        .getStatus()
                == Call.Status.IN_PROGRESS);
        assertThat(heard(0).path("connected").asBoolean()).isTrue();
    }

    @Test
    void aForgedOrMeaninglessTokenIsRefused() throws Exception {
        String forged = TestingWorld.token("7", "another-secret-of-thirty-two-characters");
        assertThat(post("/client/connect", Map.of("token", forged)).statusCode())
                .isEqualTo(401);
        assertThat(post("/client/connect", Map.of("token", "a.b.c")).statusCode())
                .isEqualTo(401);
        assertThat(post("/client/connect", Map.of()).statusCode()).isEqualTo(401);
        assertThatThrownBy(() -> world.simulator.connect(forged)).isInstanceOf(IllegalArgumentException.class);
        assertThat(world.product.received()).isEmpty();
    }

    @Test
    void connectingAgainReplacesTheOlderLeg() throws Exception {
        Headset headset = world.simulator.connect(TestingWorld.token("7"));
        String older = headset.callSid().orElseThrow();
        assertThat(post("/client/connect", Map.of("token", TestingWorld.token("7")))
                        .statusCode())
                .isEqualTo(200);
        assertThat(headset.callSid()).isPresent().get().isNotEqualTo(older);
        assertThat(Call.fetcher(older).fetch(world.twilio).getStatus()).isEqualTo(Call.Status.COMPLETED);
    }

    @Test
    void disconnectingHangsTheLegUp() throws Exception {
        Headset headset = world.simulator.connect(TestingWorld.token("7"));
        assertThat(post("/client/disconnect", Map.of("token", TestingWorld.token("7")))
                        .statusCode())
                .isEqualTo(204);
        assertThat(headset.isConnected()).isFalse();
    }

    @Test
    void theAgentHearsThePersonAndAsks() throws Exception {
        Headset headset = headsetInTalk();
        assertThat(heard(0).at("/lines/0/text").asText()).isEqualTo("Allô ?");
        assertThat(heard(0).path("questions")).hasSize(6);
        assertThat(heard(0).at("/questions/0/text").asText()).isEqualTo("Bonjour, je parle bien à Lina ?");
        assertThat(post("/client/ask", Map.of("token", TestingWorld.token("7"), "question", "STRUCTURE"))
                        .statusCode())
                .isEqualTo(204);
        world.passTimeUntil(() -> headset.heardSince(2).size() == 1);
        assertThat(heard(2).at("/lines/0/text").asText()).isEqualTo("La mission locale, je crois.");
    }

    @Test
    void thePageMayBeFramedByLoopbackPagesOnly() throws Exception {
        HttpResponse<String> page = get("/softphone");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
                .contains("frame-ancestors http://localhost:* http://127.0.0.1:*")
                .contains("default-src 'none'");
        assertThat(page.body()).contains("lang=\"fr\"").contains("aria-live=\"polite\"");
        assertThat(get("/softphone.js").statusCode()).isEqualTo(200);
        assertThat(get("/softphone.css").statusCode()).isEqualTo(200);
    }

    @Test
    void theStreamOfAPageCarriesWhatIsHeard() throws Exception {
        Headset headset = world.simulator.connect(TestingWorld.token("7"));
        HttpResponse<Stream<String>> stream = http.send(
                request("/client/events?callSid=" + headset.callSid().orElseThrow())
                        .build(),
                HttpResponse.BodyHandlers.ofLines());
        try (Stream<String> lines = stream.body()) {
            String first =
                    lines.filter(line -> line.startsWith("data: ")).findFirst().orElseThrow();
            assertThat(JSON.readTree(first.substring("data: ".length()))
                            .path("connected")
                            .asBoolean())
                    .isTrue();
        }
    }

    private Headset headsetInTalk() {
        Headset headset = world.simulator.connect(TestingWorld.token("7"));
        call();
        world.passTimeUntil(() -> headset.talk().isPresent());
        return headset;
    }

    private void call() {
        var placed = Call.creator(
                        new PhoneNumber(MOBILE),
                        new PhoneNumber(TestingWorld.OUR_NUMBER),
                        new Twiml("<Response><Dial><Conference>agent-7</Conference></Dial></Response>"))
                .create(world.twilio);
        assertThat(placed.getSid()).isNotNull();
    }

    private JsonNode heard(int since) throws Exception {
        return JSON.readTree(get("/client/heard?identity=7&since=" + since).body());
    }

    private HttpResponse<String> post(String path, Map<String, String> form) throws Exception {
        return http.send(
                request(path)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(Form.encode(form)))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> get(String path) throws Exception {
        return http.send(request(path).build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(world.simulator.baseUrl().resolve(path));
    }
}
