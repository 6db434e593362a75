package fr.raccroche.security;

import fr.raccroche.platform.PlatformConfig;
import fr.raccroche.platform.Tokens;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.URI;

/** Tells browsers what a page of ours may do; on every answer, files and errors included. */
@ApplicationScoped
class AnswerHeaders {

    private static final String NONCE = AnswerHeaders.class.getName();
    /** Pages whose address is their key: no other site and no search engine learns it. */
    private static final String PERSONAL = "/r/";

    private static final int BEFORE_EVERYTHING = 10_000;

    private final Tokens tokens;
    private final boolean https;
    private final String frames;

    AnswerHeaders(Tokens tokens, PlatformConfig config) {
        this.tokens = tokens;
        this.https = "https".equals(config.publicUrl().getScheme());
        this.frames = config.softphoneUrl().map(AnswerHeaders::origin).orElse("'none'");
    }

    static String nonce(RoutingContext request) {
        return request.get(NONCE);
    }

    /** Scheme, host and port as browsers write them. */
    static String origin(URI uri) {
        return uri.getScheme() + "://" + uri.getAuthority();
    }

    void register(@Observes Filters filters) {
        filters.register(this::add, BEFORE_EVERYTHING);
    }

    private void add(RoutingContext request) {
        String nonce = tokens.next();
        request.put(NONCE, nonce);
        MultiMap headers = request.response().headers();
        boolean personal = request.normalizedPath().startsWith(PERSONAL);
        headers.set("Content-Security-Policy", policy(nonce))
                .set("X-Content-Type-Options", "nosniff")
                .set("Referrer-Policy", personal ? "no-referrer" : "same-origin")
                .set("Cross-Origin-Opener-Policy", "same-origin")
                .set("Permissions-Policy", "camera=(), geolocation=(), microphone=(self)");
        if (personal) {
            headers.set("X-Robots-Tag", "noindex, nofollow");
        }
        if (https) {
            headers.set("Strict-Transport-Security", "max-age=31536000");
        }
        String own = request.request().scheme() + "://" + request.request().getHeader("Host");
        boolean compressible = isCompressible(request, personal);
        request.addHeadersEndHandler(ignored -> {
            keepOnlyFiles(headers);
            if (!compressible) {
                headers.set("Content-Encoding", "identity");
            }
            leadByPath(headers, own);
        });
        request.next();
    }

    /**
     * Compressed sizes tell what stands beside words that somebody else chose (BREACH). No page repeats a secret: sessions are
     * cookies, and nonces are of one answer. What shows one, a new password or token, answers a form; and the youth's page has
     * its key in every address.
     */
    private static boolean isCompressible(RoutingContext request, boolean personal) {
        return HttpMethod.GET.equals(request.request().method()) && !personal;
    }

    /** Files say themselves how long they may be kept; everything else may be personal. */
    private static void keepOnlyFiles(MultiMap headers) {
        if (!headers.contains("Cache-Control")) {
            headers.set("Cache-Control", "no-store");
        }
    }

    /** Behind a proxy we do not know the name and scheme that browsers use, so redirects of ours name neither. */
    private static void leadByPath(MultiMap headers, String own) {
        String location = headers.get("Location");
        if (location != null && location.startsWith(own + "/")) {
            headers.set("Location", location.substring(own.length()));
        }
    }

    private String policy(String nonce) {
        return """
                default-src 'self'; script-src 'self' 'nonce-%1$s'; style-src 'self' 'nonce-%1$s'; \
                img-src 'self' data:; media-src 'self' https://*.twilio.com https://media.twiliocdn.com; \
                connect-src 'self' https://*.twilio.com wss://*.twilio.com; frame-src %2$s; \
                object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'""".formatted(nonce, frames);
    }
}
