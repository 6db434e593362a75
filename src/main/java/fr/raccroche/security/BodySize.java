package fr.raccroche.security;

import fr.raccroche.platform.Problem;
import io.quarkus.vertx.http.runtime.VertxHttpRecorder;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Large bodies only where list files come in; everywhere else a form or an event is small. What is too large is refused
 * by its own word before a byte is read; {@code quarkus.http.limits.max-body-size} holds for what keeps its size secret.
 */
@ApplicationScoped
class BodySize {

    private static final long FILE = 401L << 20;
    private static final long FORM = 2L << 20;
    private static final Pattern FILES = Pattern.compile("/lists|/api/lists(?:/\\d+/versions)?");
    private static final int BEFORE_ORIGIN = 6_000;
    private static final int AFTER_THE_SERVERS_OWN = 1;

    void register(@Observes Filters filters) {
        filters.register(this::check, BEFORE_ORIGIN);
        filters.register(BodySize::limit, AFTER_THE_SERVERS_OWN);
    }

    private void check(RoutingContext request) {
        @Nullable String length = request.request().getHeader("Content-Length");
        if (length == null || !isMore(length, most(request))) {
            request.next();
            return;
        }
        request.response().putHeader("Connection", "close");
        request.fail(Problem.tooLarge("Cet envoi dépasse %d Mo. Rien n'a été enregistré : découpez-le, puis réessayez."
                .formatted(most(request) >> 20)));
    }

    private static boolean isMore(String length, long most) {
        try {
            return Long.parseLong(length) > most;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private static void limit(RoutingContext request) {
        if (request.get(VertxHttpRecorder.MAX_REQUEST_SIZE_KEY) != null) {
            request.put(VertxHttpRecorder.MAX_REQUEST_SIZE_KEY, most(request));
        }
        request.next();
    }

    private static long most(RoutingContext request) {
        return FILES.matcher(request.normalizedPath()).matches() ? FILE : FORM;
    }
}
