package fr.raccroche.platform;

import io.quarkus.qute.TemplateInstance;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.util.function.Supplier;

/**
 * How every form answers: kept, it leads to a page that says so; refused, the same page comes again with what was typed
 * and every mistake at its field. Programs get problem details.
 */
@ApplicationScoped
public class Forms {

    private static final String SAVED = "saved";
    /** Long enough for the page that follows, too short for another one. */
    private static final long NEXT_PAGE = 20;

    private final CurrentVertxRequest current;

    Forms(CurrentVertxRequest current) {
        this.current = current;
    }

    /**
     * Answers a form.
     *
     * @param kept what comes of it; its {@link Problem} 400 or 409 is shown on the form
     * @param typed the fields as they were sent
     * @param page where the form stands, as it is now
     */
    public Uni<Response> answer(
            Uni<Response> kept, MultivaluedMap<String, String> typed, Supplier<Uni<TemplateInstance>> page) {
        return isForPeople(current.getCurrent().request()) ? answerPeople(kept, typed, page) : kept;
    }

    /** Answers a form that no program sends. */
    public Uni<Response> answerPeople(
            Uni<Response> kept, MultivaluedMap<String, String> typed, Supplier<Uni<TemplateInstance>> page) {
        RoutingContext request = current.getCurrent();
        return orAgain(kept.invoke(response -> saySaved(request, response)), typed, page);
    }

    /** Answers a form that no program sends, and after which nothing is kept yet. */
    public Uni<Response> orAgain(
            Uni<Response> done, MultivaluedMap<String, String> typed, Supplier<Uni<TemplateInstance>> page) {
        RoutingContext request = current.getCurrent();
        return done.onFailure(Forms::isShown).recoverWithUni(failure -> again(request, (Problem) failure, typed, page));
    }

    private static boolean isForPeople(HttpServerRequest request) {
        String accept = request.getHeader("Accept");
        return accept != null
                && accept.contains("text/html")
                && !request.headers().contains("HX-Request");
    }

    private static boolean isShown(Throwable failure) {
        return failure instanceof Problem problem && (problem.status() == 400 || problem.status() == 409);
    }

    private static Uni<Response> again(
            RoutingContext request,
            Problem problem,
            MultivaluedMap<String, String> typed,
            Supplier<Uni<TemplateInstance>> page) {
        return page.get()
                .chain(TemplateInstance::createUni)
                .map(html -> Response.status(problem.status())
                        .type("text/html;charset=UTF-8")
                        .entity(new RefusedForm(html).filled(request.request().path(), typed, problem))
                        .build());
    }

    /** Lets the page that a form leads to say that it was kept. */
    private static void saySaved(RoutingContext request, Response response) {
        if (response.getStatus() == Response.Status.SEE_OTHER.getStatusCode()) {
            request.response()
                    .addCookie(Cookie.cookie(SAVED, "1")
                            .setPath("/")
                            .setMaxAge(NEXT_PAGE)
                            .setHttpOnly(true)
                            .setSameSite(CookieSameSite.STRICT));
        }
    }

    /** Whether this page is the one that a form led to; it says so once. */
    public static boolean saysSaved(RoutingContext request) {
        if (request.request().getCookie(SAVED) == null || request.response().headWritten()) {
            return false;
        }
        request.response()
                .addCookie(Cookie.cookie(SAVED, "").setPath("/").setMaxAge(0).setHttpOnly(true));
        return true;
    }
}
