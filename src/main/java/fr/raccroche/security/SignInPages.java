package fr.raccroche.security;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.regex.Pattern;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;
import org.jspecify.annotations.Nullable;

/** The way in and the way out. */
@Path("/")
@PermitAll
@Produces(MediaType.TEXT_HTML)
class SignInPages {

    /** One slash, then no second one and no backslash: browsers read both as another host. */
    private static final Pattern LOCAL_PATH = Pattern.compile("/(?:[^/\\\\\\p{Cntrl}][^\\\\\\p{Cntrl}]*)?");

    private final SignIn signIn;
    private final SessionCookie cookie;
    private final SecurityIdentity identity;

    SignInPages(SignIn signIn, SessionCookie cookie, SecurityIdentity identity) {
        this.signIn = signIn;
        this.cookie = cookie;
        this.identity = identity;
    }

    @CheckedTemplate
    static class Templates {
        static native TemplateInstance signIn(String email, String comeBackTo, String notice, boolean refused);
    }

    @GET
    public RestResponse<TemplateInstance> home() {
        return redirect(
                        identity.getPrincipal() instanceof Account account
                                ? account.role().home()
                                : "/login")
                .build();
    }

    @GET
    @Path("login")
    public RestResponse<TemplateInstance> form(
            @RestQuery @DefaultValue("") String retour, @RestQuery @DefaultValue("") String perdu) {
        if (identity.getPrincipal() instanceof Account account) {
            return redirect(account.role().home()).build();
        }
        String notice = perdu.isEmpty()
                ? ""
                : "Votre session est terminée : votre dernier envoi n'a pas été enregistré. Connectez-vous, puis recommencez.";
        return RestResponse.ok(Templates.signIn("", retour, notice, false));
    }

    @POST
    @Path("login")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Uni<RestResponse<TemplateInstance>> signIn(
            @RestForm @DefaultValue("") String email,
            @RestForm @DefaultValue("") String password,
            @RestForm @DefaultValue("") String retour,
            @Context HttpServerRequest request) {
        return signIn.signIn(email, password, request.remoteAddress().hostAddress())
                .map(started -> started == null ? refused(email, retour) : welcome(started, retour));
    }

    private static RestResponse<TemplateInstance> refused(String email, String comeBackTo) {
        return RestResponse.status(RestResponse.Status.UNAUTHORIZED, Templates.signIn(email, comeBackTo, "", true));
    }

    private RestResponse<TemplateInstance> welcome(SignIn.Started started, String comeBackTo) {
        return redirect(destination(started.signedIn(), comeBackTo))
                .cookie(cookie.carrying(started.token()))
                .build();
    }

    private static String destination(Accounts.SignedIn signedIn, String comeBackTo) {
        if (signedIn.temporary()) {
            return "/account";
        }
        return isLocal(comeBackTo) ? comeBackTo : signedIn.account().role().home();
    }

    /** Whether a return path stays on this site and leads somewhere else than back to the door. */
    static boolean isLocal(@Nullable String path) {
        return path != null
                && LOCAL_PATH.matcher(path).matches()
                && !path.equals("/")
                && !path.startsWith("/login")
                && !path.startsWith("/logout");
    }

    @POST
    @Path("logout")
    public Uni<RestResponse<TemplateInstance>> signOut(@Context HttpServerRequest request) {
        Account account = identity.getPrincipal() instanceof Account known ? known : null;
        return signIn.signOut(cookie.token(request), account)
                .map(ignored -> redirect("/login").cookie(cookie.none()).build());
    }

    /** The path as it is: a resource behind a proxy does not know under which name it is reached. */
    static ResponseBuilder<TemplateInstance> redirect(String path) {
        return ResponseBuilder.<TemplateInstance>create(303).header("Location", path);
    }
}
