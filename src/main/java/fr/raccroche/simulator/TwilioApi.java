package fr.raccroche.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The REST API below {@code /2010-04-01/Accounts/{sid}}: authentication, routing, planned faults. */
final class TwilioApi {

    private final SimulatorSettings settings;
    private final Timeline timeline;
    private final Knobs knobs;
    private final Ledger ledger;
    private final CallsApi calls;
    private final MessagesApi messages;
    private final ConferencesApi conferences;

    TwilioApi(Exchange exchange, CallsApi calls, MessagesApi messages, ConferencesApi conferences) {
        this.settings = exchange.settings();
        this.timeline = exchange.timeline();
        this.knobs = exchange.knobs();
        this.ledger = exchange.ledger();
        this.calls = calls;
        this.messages = messages;
        this.conferences = conferences;
    }

    HttpReply handle(Request request) {
        try {
            authenticate(request);
            List<String> path = request.segments();
            if (path.size() < 4
                    || !path.get(1).equals("Accounts")
                    || !path.get(2).equals(settings.accountSid())) {
                throw ApiError.notFound(request.uri());
            }
            return withFaults(request, path.subList(3, path.size()));
        } catch (ApiError e) {
            return HttpReply.error(e.status, e.code, String.valueOf(e.getMessage()));
        }
    }

    private HttpReply withFaults(Request request, List<String> resource) {
        boolean creates =
                request.isPost() && (resource.size() == 1 || (resource.size() == 3 && isParticipants(resource)));
        if (creates && !resource.getFirst().equals("Messages")) {
            request.form().get("To").ifPresent(number -> ledger.callRequested(number, timeline.now()));
        }
        Optional<PlannedAnswer> fault = knobs.faultOf(creates, timeline.now());
        if (fault.isPresent() && fault.get().moment() == Moment.BEFORE_CREATION) {
            return faulty(fault.get().fault());
        }
        HttpReply reply = timeline.turn(() -> route(request, resource));
        HttpReply answer =
                fault.map(planned -> faulty(planned.fault()).then(reply.then())).orElse(reply);
        return creates ? answer.late(knobs.answerDelay()) : answer;
    }

    private HttpReply route(Request request, List<String> resource) {
        return switch (resource.getFirst()) {
            case "Calls" -> calls(request, resource);
            case "Messages" -> messages(request, resource);
            case "Conferences" ->
                isParticipants(resource) ? participants(request, resource) : conferences(request, resource);
            case "Recordings" -> recording(request, resource);
            default -> throw ApiError.notFound(request.uri());
        };
    }

    /** Every recording sounds alike. */
    private static HttpReply recording(Request request, List<String> resource) {
        if (resource.size() != 2 || !resource.get(1).matches("RE[0-9a-f]{32}\\.wav")) {
            throw ApiError.notFound(readOnly(request).uri());
        }
        return HttpReply.sound(Tone.wav());
    }

    private HttpReply calls(Request request, List<String> resource) {
        if (resource.size() == 1) {
            return request.isPost() ? calls.create(request.form()) : calls.list(readOnly(request));
        }
        String sid = resource.get(1);
        if (request.isDelete()) {
            return calls.delete(sid);
        }
        return request.isPost() ? calls.update(sid, request.form()) : calls.fetch(sid);
    }

    private HttpReply messages(Request request, List<String> resource) {
        if (resource.size() == 1) {
            return request.isPost() ? messages.create(request.form()) : messages.list(readOnly(request));
        }
        return messages.fetch(resource.get(1));
    }

    private HttpReply conferences(Request request, List<String> resource) {
        if (resource.size() == 1) {
            return conferences.list(readOnly(request));
        }
        String sid = resource.get(1);
        return request.isPost() ? conferences.update(sid, request.form()) : conferences.fetch(sid);
    }

    private HttpReply participants(Request request, List<String> resource) {
        String room = resource.get(1);
        if (resource.size() == 3) {
            return request.isPost()
                    ? conferences.addParticipant(room, request.form())
                    : conferences.listParticipants(readOnly(request), room);
        }
        String call = resource.get(3);
        if (request.isDelete()) {
            return conferences.removeParticipant(room, call);
        }
        return request.isPost()
                ? conferences.updateParticipant(room, call, request.form())
                : conferences.fetchParticipant(room, call);
    }

    private static boolean isParticipants(List<String> resource) {
        return resource.size() > 2 && resource.get(2).equals("Participants");
    }

    private static Request readOnly(Request request) {
        if (!request.isGet()) {
            throw new ApiError(405, 20004, "Method not allowed");
        }
        return request;
    }

    private static HttpReply faulty(Fault fault) {
        return switch (fault) {
            case INTERNAL_ERROR -> HttpReply.error(500, 20500, "Internal Server Error");
            case UNAVAILABLE -> HttpReply.error(503, 20503, "Service Unavailable");
            case TOO_MANY_REQUESTS -> HttpReply.error(429, 20429, "Too Many Requests");
            case HANG -> HttpReply.noContent().going(ReplyManner.HUNG);
            case CLOSE -> HttpReply.noContent().going(ReplyManner.CLOSED);
            case GARBAGE -> HttpReply.of(201, "application/json; charset=utf-8", "{\"sid\": \"CA");
        };
    }

    private void authenticate(Request request) {
        byte[] given = String.valueOf(request.authorization()).getBytes(UTF_8);
        boolean known = Set.of(
                        basic(settings.accountSid(), settings.keys().authToken()),
                        basic(settings.keys().apiKeySid(), settings.keys().apiKeySecret()))
                .stream()
                .anyMatch(expected -> MessageDigest.isEqual(expected.getBytes(UTF_8), given));
        if (!known) {
            throw new ApiError(401, 20003, "Authenticate");
        }
    }

    private static String basic(String user, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(UTF_8));
    }
}
