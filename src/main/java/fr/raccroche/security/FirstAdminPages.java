package fr.raccroche.security;

import fr.raccroche.platform.Database;
import fr.raccroche.platform.Hashes;
import fr.raccroche.platform.Mistakes;
import fr.raccroche.platform.Nothing;
import fr.raccroche.platform.PlatformConfig;
import fr.raccroche.platform.Problem;
import fr.raccroche.platform.Sql;
import fr.raccroche.platform.Tokens;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.Priority;
import jakarta.annotation.security.PermitAll;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.util.HexFormat;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/**
 * How an installation without accounts gets its first administrator: by a code that is printed once at start and kept
 * as a hash. As soon as there is an account, this page is not there.
 */
@Path("/first-admin")
@PermitAll
@Produces(MediaType.TEXT_HTML)
@Singleton
class FirstAdminPages {

    private static final Duration AT_START = Duration.ofSeconds(30);

    private final Database database;
    private final Passwords passwords;
    private final SignIn signIn;
    private final SessionCookie cookie;
    private final Tokens tokens;
    private final PlatformConfig config;

    FirstAdminPages(
            Database database,
            Passwords passwords,
            SignIn signIn,
            SessionCookie cookie,
            Tokens tokens,
            PlatformConfig config) {
        this.database = database;
        this.passwords = passwords;
        this.signIn = signIn;
        this.cookie = cookie;
        this.tokens = tokens;
        this.config = config;
    }

    @CheckedTemplate
    static class Templates {
        static native TemplateInstance page(String email, String displayName, String problem);
    }

    void printCode(@Observes @Priority(6000) StartupEvent start) {
        if (config.demo()) {
            return;
        }
        String code = database.inTransaction(this::newCode).await().atMost(AT_START);
        if (code != null) {
            System.out.printf("first administrator: open %s/first-admin and enter code %s%n", config.publicUrl(), code);
        }
    }

    /** A new code, or null when there are accounts. */
    Uni<@Nullable String> newCode(Sql sql) {
        String code = tokens.next();
        return Accounts.any(sql)
                .chain(found -> found
                        ? Nothing.found()
                        : Accounts.keepFirstAdminCode(sql, hashOf(code)).replaceWith(code));
    }

    private static String hashOf(String code) {
        return HexFormat.of().formatHex(Hashes.sha256(code.strip()));
    }

    @GET
    public Uni<TemplateInstance> page() {
        return database.inTransaction(FirstAdminPages::closeWhenDone).replaceWith(() -> Templates.page("", "", ""));
    }

    private static Uni<Void> closeWhenDone(Sql sql) {
        return Accounts.any(sql)
                .invoke(found -> {
                    if (found) {
                        throw Problem.notFound("Cette page n'existe pas, ou n'existe plus.");
                    }
                })
                .replaceWithVoid();
    }

    @POST
    public Uni<RestResponse<TemplateInstance>> create(
            @RestForm @DefaultValue("") String code,
            @RestForm @DefaultValue("") String email,
            @RestForm @DefaultValue("") String displayName,
            @RestForm @DefaultValue("") String password,
            @RestForm @DefaultValue("") String repeated,
            @Context HttpServerRequest request) {
        var account = new Accounts.New(SignIn.normalized(email), displayName.strip(), Role.ADMIN, null);
        String address = request.remoteAddress().hostAddress();
        return database.inTransaction(FirstAdminPages::closeWhenDone)
                .chain(() -> {
                    String refusal = refusal(account, password, repeated);
                    return refusal == null
                            ? passwords
                                    .hash(password)
                                    .chain(hash ->
                                            database.inTransaction(sql -> create(sql, code, account, hash, address)))
                            : Uni.createFrom().<@Nullable String>failure(Problem.badRequest("first-admin", refusal));
                })
                .map(token -> SignInPages.redirect("/admin")
                        .cookie(cookie.carrying(token))
                        .build())
                .onFailure(FirstAdminPages::isCorrectable)
                .recoverWithItem(failure -> RestResponse.status(
                        RestResponse.Status.BAD_REQUEST,
                        Templates.page(email, displayName, ((Problem) failure).detail())));
    }

    private static boolean isCorrectable(Throwable failure) {
        return failure instanceof Problem problem && problem.status() == 400;
    }

    private static @Nullable String refusal(Accounts.New account, String password, String repeated) {
        Mistakes mistakes = NewAccount.mistakes(account);
        if (!mistakes.isEmpty()) {
            return mistakes.sentences();
        }
        return password.equals(repeated)
                ? PasswordRules.refusal(password, account.email(), account.displayName())
                : "Les deux mots de passe ne sont pas identiques.";
    }

    /** Burns the code and creates the account: both or neither, and for one of two who try at once. */
    Uni<String> create(Sql sql, String code, Accounts.New account, String hash, String address) {
        return Accounts.burnFirstAdminCode(sql, hashOf(code))
                .invoke(burnt -> {
                    if (burnt == 0) {
                        throw Problem.badRequest(
                                "wrong-code",
                                "Ce code n'est pas le bon. Il est écrit dans le journal du serveur ; un redémarrage en donne un nouveau.");
                    }
                })
                .chain(() -> closeWhenDone(sql))
                .chain(() -> Accounts.create(sql, account, hash, false))
                .chain(() -> Accounts.byEmail(sql, account.email()))
                .onItem()
                .ifNull()
                .failWith(() -> new IllegalStateException("The account just created is missing"))
                .call(created ->
                        AccessLog.record(sql, created.signedIn().account(), AccessAction.FIRST_ADMIN_CREATED, null))
                .chain(created -> signIn.start(sql, created.signedIn(), address));
    }
}
