package fr.raccroche.security;

import fr.raccroche.platform.PlatformConfig;
import fr.raccroche.platform.Problem;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Only our own pages change anything: a state-changing request must say where it comes from, and come from here.
 * Twilio's webhooks are signed instead, programs and personal pages carry a token that no
 * browser adds by itself.
 */
@ApplicationScoped
class SameOrigin {

    private static final Set<HttpMethod> HARMLESS = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);
    private static final Set<String> OURS = Set.of("same-origin", "none");
    private static final int BEFORE_SIGN_IN = 5_000;

    private final String origin;

    SameOrigin(PlatformConfig config) {
        this.origin = AnswerHeaders.origin(config.publicUrl());
    }

    void register(@Observes Filters filters) {
        filters.register(this::check, BEFORE_SIGN_IN);
    }

    private void check(RoutingContext request) {
        if (HARMLESS.contains(request.request().method())
                || request.normalizedPath().startsWith("/webhooks/twilio/")
                || request.normalizedPath().startsWith("/api/")
                || request.normalizedPath().startsWith("/r/")
                || isOurs(request.request())) {
            request.next();
            return;
        }
        request.fail(Problem.forbidden(
                "cross-origin",
                "Cette demande ne vient pas d'une page de Raccroche. Rien n'a été enregistré : ouvrez %s et recommencez."
                        .formatted(origin)));
    }

    /** A browser's own word, which no page can change, counts before the header that programs send. */
    private boolean isOurs(HttpServerRequest request) {
        @Nullable String site = request.getHeader("Sec-Fetch-Site");
        return site == null ? origin.equals(request.getHeader("Origin")) : OURS.contains(site);
    }
}
