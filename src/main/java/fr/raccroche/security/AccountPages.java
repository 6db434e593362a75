package fr.raccroche.security;

import fr.raccroche.platform.Database;
import fr.raccroche.platform.Problem;
import fr.raccroche.platform.Sql;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.security.Authenticated;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** One's own account: who one is here, and one's password. */
@Path("/account")
@Authenticated
@Produces(MediaType.TEXT_HTML)
class AccountPages {

    private final Database database;
    private final Passwords passwords;
    private final SignIn signIn;
    private final SessionCookie cookie;
    private final SecurityIdentity identity;

    AccountPages(
            Database database, Passwords passwords, SignIn signIn, SessionCookie cookie, SecurityIdentity identity) {
        this.database = database;
        this.passwords = passwords;
        this.signIn = signIn;
        this.cookie = cookie;
        this.identity = identity;
    }

    @CheckedTemplate
    static class Templates {
        static native TemplateInstance page(Account account, boolean temporary, boolean changed, String problem);
    }

    @GET
    public TemplateInstance page(@RestQuery @DefaultValue("false") boolean change) {
        return page(change, "");
    }

    private TemplateInstance page(boolean changed, String problem) {
        boolean temporary = Boolean.TRUE.equals(identity.getAttribute(SessionMechanism.TEMPORARY));
        return Templates.page(Account.of(identity), temporary, changed, problem);
    }

    @POST
    @Path("password")
    public Uni<RestResponse<TemplateInstance>> changePassword(
            @RestForm @DefaultValue("") String current,
            @RestForm @DefaultValue("") String password,
            @RestForm @DefaultValue("") String repeated,
            @Context HttpServerRequest request) {
        Account account = Account.of(identity);
        String refusal = refusal(account, current, password, repeated);
        if (refusal != null) {
            return Uni.createFrom().item(refused(refusal));
        }
        return database.inTransaction(sql -> Accounts.byId(sql, account.id()))
                .chain(credentials ->
                        passwords.matches(current, credentials == null ? null : credentials.passwordHash()))
                .chain(fits -> fits
                        ? change(account, password, request.remoteAddress().hostAddress())
                        : Uni.createFrom().item(refused("Le mot de passe actuel n'est pas le bon. Rien n'a changé.")));
    }

    private static @Nullable String refusal(Account account, String current, String password, String repeated) {
        if (!password.equals(repeated)) {
            return "Les deux nouveaux mots de passe ne sont pas identiques. Rien n'a changé.";
        }
        if (password.equals(current)) {
            return "Le nouveau mot de passe doit être différent de l'ancien.";
        }
        return PasswordRules.refusal(password, account.email(), account.displayName());
    }

    private RestResponse<TemplateInstance> refused(String why) {
        return RestResponse.status(RestResponse.Status.BAD_REQUEST, page(false, why));
    }

    private Uni<RestResponse<TemplateInstance>> change(Account account, String password, String address) {
        return passwords
                .hash(password)
                .chain(hash -> database.inTransaction(sql -> store(sql, account, hash, address)))
                .map(token -> SignInPages.redirect("/account?change=true")
                        .cookie(cookie.carrying(token))
                        .build());
    }

    /** Whoever holds an old session of this account is out; the person goes on in a new one. */
    private Uni<String> store(Sql sql, Account account, String hash, String address) {
        return Accounts.setPassword(sql, account.id(), hash, false)
                .chain(() -> Sessions.endAllOf(sql, account.id()))
                .chain(() -> AccessLog.record(sql, account, AccessAction.PASSWORD_CHANGED, null))
                .chain(() -> Accounts.byId(sql, account.id()))
                .onItem()
                .ifNull()
                .failWith(() -> Problem.notFound("Ce compte n'existe plus."))
                .chain(credentials -> signIn.start(sql, credentials.signedIn(), address));
    }
}
