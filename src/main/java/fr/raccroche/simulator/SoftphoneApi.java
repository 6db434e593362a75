package fr.raccroche.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import fr.raccroche.simulator.people.Question;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What stands in for the browser's voice client: connect with an access token, hear the line as text, ask. A page that
 * streams {@code /client/events} holds the leg; when the stream is gone for a while, the leg drops as a browser's would.
 */
final class SoftphoneApi {

    private static final int INVALID_TOKEN = 20101;
    private static final Duration GRACE = Duration.ofSeconds(8);
    private static final Duration STREAM_POLL = Duration.ofMillis(150);
    private static final int BEATS_BETWEEN_COMMENTS = 20;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final AccessTokens tokens;
    private final Headsets headsets;
    private final Timeline timeline;
    private final Switchboard switchboard;

    SoftphoneApi(AccessTokens tokens, Timeline timeline, Switchboard switchboard) {
        this.tokens = tokens;
        this.headsets = switchboard.headsets();
        this.timeline = timeline;
        this.switchboard = switchboard;
    }

    HttpReply handle(Request request) {
        try {
            return switch (request.segments().get(1)) {
                case "connect" -> connect(request.form());
                case "disconnect" -> disconnect(request.form());
                case "ask" -> ask(request.form());
                case "heard" -> heard(request.query());
                default -> throw ApiError.notFound(request.uri());
            };
        } catch (ApiError e) {
            return HttpReply.error(e.status, e.code, String.valueOf(e.getMessage()));
        }
    }

    /** Connects the headset of the token's identity. */
    Headset connect(String token) {
        Headset headset = headset(token);
        timeline.run(() -> switchboard.play(headset.connect()));
        return headset;
    }

    /** Streams what the agent hears until the page goes away or the leg ends. */
    void stream(Form query, OutputStream out) throws IOException, InterruptedException {
        Optional<Headset> found = query.get("callSid").flatMap(headsets::withLeg);
        if (found.isEmpty()) {
            write(out, Map.of("connected", false, "lines", List.of(), "questions", List.of()));
            return;
        }
        Headset headset = found.get();
        headset.listen();
        try {
            follow(headset, query.get("callSid").orElse(""), out);
        } finally {
            if (!headset.stopListening()) {
                Thread.ofVirtual().start(() -> dropUnlessHeardAgain(headset));
            }
        }
    }

    private HttpReply connect(Form form) {
        Headset headset = headset(form.get("token").orElse(""));
        Call call = headset.connect();
        return HttpReply.json(200, Map.of("callSid", call.sid, "identity", headset.identity()))
                .then(() -> timeline.run(() -> switchboard.play(call)));
    }

    private HttpReply disconnect(Form form) {
        headset(form.get("token").orElse("")).disconnect();
        return HttpReply.noContent();
    }

    private HttpReply ask(Form form) {
        Question question = form.get("question")
                .flatMap(SoftphoneApi::question)
                .orElseThrow(() -> ApiError.badRequest(20001, "Unknown question"));
        headset(form.get("token").orElse("")).talk().ifPresent(talk -> talk.ask(question));
        return HttpReply.noContent();
    }

    private HttpReply heard(Form query) {
        Headset headset =
                query.get("identity").flatMap(headsets::find).orElseThrow(() -> ApiError.notFound("/client/heard"));
        long since = query.get("since")
                .filter(text -> text.matches("\\d{1,18}"))
                .map(Long::parseLong)
                .orElse(0L);
        return HttpReply.json(200, render(headset, headset.heardSince(since)));
    }

    private Headset headset(String token) {
        return tokens.identity(token)
                .map(headsets::of)
                .orElseThrow(() -> new ApiError(401, INVALID_TOKEN, "Invalid Access Token"));
    }

    private static Optional<Question> question(String name) {
        return Arrays.stream(Question.values())
                .filter(question -> question.name().equals(name))
                .findFirst();
    }

    private void follow(Headset headset, String callSid, OutputStream out) throws IOException, InterruptedException {
        long heard = 0;
        @Nullable Map<String, @Nullable Object> last = null;
        for (int beat = 0; ; beat++) {
            boolean ended = headset.callSid().filter(callSid::equals).isEmpty();
            List<SpokenLine> lines = headset.heardSince(heard);
            Map<String, @Nullable Object> current = ended ? gone() : render(headset, lines);
            if (!current.equals(last)) {
                write(out, current);
                heard = lines.isEmpty() ? heard : lines.getLast().n();
            } else if (beat % BEATS_BETWEEN_COMMENTS == 0) {
                out.write(":\n\n".getBytes(UTF_8));
                out.flush();
            }
            if (ended) {
                return;
            }
            last = lines.isEmpty() ? current : render(headset, List.of());
            Thread.sleep(STREAM_POLL);
        }
    }

    private static Map<String, @Nullable Object> gone() {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("connected", false);
        json.put("lines", List.of());
        json.put("questions", List.of());
        return json;
    }

    private static Map<String, @Nullable Object> render(Headset headset, List<SpokenLine> lines) {
        Optional<Talk> talk = headset.talk();
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("identity", headset.identity());
        json.put("connected", headset.isConnected());
        json.put("callSid", talk.map(Talk::callSid).orElse(null));
        json.put("lines", lines);
        json.put(
                "questions",
                talk.stream().flatMap(current -> questions(current.firstName())).toList());
        return json;
    }

    private static Stream<Map<String, String>> questions(String firstName) {
        return Arrays.stream(Question.values())
                .map(question -> Map.of("name", question.name(), "text", question.to(firstName)));
    }

    private static void write(OutputStream out, Map<String, @Nullable Object> event) throws IOException {
        try {
            out.write(("data: " + JSON.writeValueAsString(event) + "\n\n").getBytes(UTF_8));
            out.flush();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("An event is made of maps, lists and text", e);
        }
    }

    private static void dropUnlessHeardAgain(Headset headset) {
        Optional<String> held = headset.callSid();
        try {
            Thread.sleep(GRACE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (!headset.isListenedTo() && held.equals(headset.callSid())) {
            headset.disconnect();
        }
    }
}
