package fr.raccroche.platform;

import io.quarkus.arc.Arc;
import io.quarkus.arc.ManagedContext;
import io.quarkus.logging.Log;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;

/**
 * Answers whatever went wrong, wherever it did: a French page for browsers, a fragment for htmx, problem details
 * (RFC 9457) for programs. Who is not signed in is led to the sign-in page and back.
 */
@ApplicationScoped
class ErrorPages {

    private static final String HTML = "text/html;charset=UTF-8";
    private static final String SECONDS_BEFORE_RETRY = "5";
    private static final String SECONDS_OF_A_MINUTE = "60";
    private static final String PROGRAMS = "/api/";
    private static final String PERSONAL = "/r/";

    private final Json json;
    private final RandomGenerator random;
    private final CurrentVertxRequest current;

    ErrorPages(Json json, RandomGenerator random, CurrentVertxRequest current) {
        this.json = json;
        this.random = random;
        this.current = current;
    }

    @CheckedTemplate
    static class Templates {
        static native TemplateInstance page(Failure failure, String number);

        static native TemplateInstance fragment(Failure failure, String number);
    }

    /** An answer before it is written by either of the two ways out. */
    private record Answer(int status, Map<String, String> headers, String body) {}

    @ServerExceptionMapper({
        Throwable.class,
        UnauthorizedException.class,
        ForbiddenException.class,
        WebApplicationException.class
    })
    Response onFailure(Throwable failure, RoutingContext request) {
        if (failure instanceof WebApplicationException web && isAnswer(web.getResponse())) {
            return web.getResponse();
        }
        Answer answer = answer(request, Failure.of(failure), failure);
        var response = Response.status(answer.status()).entity(answer.body());
        answer.headers().forEach(response::header);
        return response.build();
    }

    /** A resource that ends with a redirect or a body of its own has already said everything. */
    private static boolean isAnswer(Response response) {
        return response.getStatus() < 400 || response.hasEntity();
    }

    /** What fails outside of resources: sign-in without database, refused requests, files. */
    void register(@Observes Router router) {
        router.route().order(Integer.MIN_VALUE).failureHandler(this::onRouteFailure);
    }

    private void onRouteFailure(RoutingContext request) {
        if (request.response().headWritten()) {
            request.response().reset();
            return;
        }
        Throwable cause = request.failure();
        Failure failure = cause == null ? Failure.of(request.statusCode()) : Failure.of(cause);
        inRequestScope(request, () -> {
            Answer answer = answer(request, failure, cause);
            request.response().setStatusCode(answer.status());
            answer.headers().forEach(request.response()::putHeader);
            request.response().end(answer.body());
        });
    }

    private void inRequestScope(RoutingContext request, Runnable work) {
        ManagedContext scope = Arc.container().requestContext();
        if (scope.isActive()) {
            work.run();
            return;
        }
        scope.activate();
        try {
            current.setCurrent(request);
            work.run();
        } finally {
            scope.terminate();
        }
    }

    private Answer answer(RoutingContext request, Failure failure, @Nullable Throwable cause) {
        var headers = new LinkedHashMap<String, String>();
        if (failure.status() == 503) {
            headers.put("Retry-After", SECONDS_BEFORE_RETRY);
        }
        String number = number(request, failure, cause);
        if (request.normalizedPath().startsWith(PROGRAMS)) {
            return toProgram(headers, failure, number);
        }
        if (failure.status() == 401) {
            return notSignedIn(request.request(), headers, failure, number);
        }
        return isHtmx(request.request()) || wantsHtml(request.request())
                ? html(request.request(), headers, failure, number)
                : problem(headers, failure, number);
    }

    /** A program has no sign-in page to go to: it is told which token it needs, or when to come back. */
    private Answer toProgram(Map<String, String> headers, Failure failure, String number) {
        if (failure.status() == 401) {
            headers.put("WWW-Authenticate", "Bearer");
            return problem(headers, Failure.NO_TOKEN, number);
        }
        if (failure.status() == 429) {
            headers.put("Retry-After", SECONDS_OF_A_MINUTE);
        }
        return problem(headers, failure, number);
    }

    private Answer notSignedIn(HttpServerRequest request, Map<String, String> headers, Failure failure, String number) {
        if (isHtmx(request)) {
            headers.put("HX-Redirect", signIn(pathOf(request.getHeader("HX-Current-URL"))));
            return problem(headers, failure, number);
        }
        if (!wantsHtml(request)) {
            return problem(headers, failure, number);
        }
        headers.put("Location", HttpMethod.GET.equals(request.method()) ? signIn(request.uri()) : "/login?perdu=1");
        return new Answer(303, headers, "");
    }

    private static String signIn(String comeBackTo) {
        return "/login?retour=" + URLEncoder.encode(comeBackTo, StandardCharsets.UTF_8);
    }

    private static String pathOf(@Nullable String url) {
        try {
            String path = url == null ? null : URI.create(url).getRawPath();
            return path == null ? "/" : path;
        } catch (IllegalArgumentException e) {
            return "/";
        }
    }

    private Answer html(HttpServerRequest request, Map<String, String> headers, Failure failure, String number) {
        headers.put("Content-Type", HTML);
        var template = isHtmx(request) ? Templates.fragment(failure, number) : Templates.page(failure, number);
        return new Answer(failure.status(), headers, template.render());
    }

    private Answer problem(Map<String, String> headers, Failure failure, String number) {
        headers.put("Content-Type", "application/problem+json");
        var body = new LinkedHashMap<String, Object>();
        body.put("type", "about:blank");
        body.put("title", failure.title());
        body.put("status", failure.status());
        body.put("code", failure.code());
        body.put("detail", failure.detail());
        if (!number.isEmpty()) {
            body.put("number", number);
        }
        return new Answer(failure.status(), headers, json.write(body));
    }

    /** The number under which an unexpected failure is in the log, or an empty text. */
    private String number(RoutingContext request, Failure failure, @Nullable Throwable cause) {
        String what =
                request.request().method() + " " + loggable(request.request().path());
        if (failure.isUnexpected()) {
            String number = HexFormat.of().toHexDigits(random.nextInt());
            Log.errorf(cause, "Failure %s in %s", number, what);
            return number;
        }
        if (failure.status() == 503) {
            Log.warnf("%s answered 503 (%s): %s", what, failure.code(), cause);
        }
        return "";
    }

    /** The address of a personal page is its key. */
    private static String loggable(String path) {
        return path.startsWith(PERSONAL) ? PERSONAL + "…" : path;
    }

    private static boolean isHtmx(HttpServerRequest request) {
        return request.headers().contains("HX-Request");
    }

    private static boolean wantsHtml(HttpServerRequest request) {
        String accept = request.getHeader("Accept");
        return accept != null && accept.contains("text/html");
    }
}
