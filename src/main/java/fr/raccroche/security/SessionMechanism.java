package fr.raccroche.security;

import fr.raccroche.platform.Database;
import fr.raccroche.platform.Hashes;
import fr.raccroche.platform.Nothing;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.smallrye.mutiny.TimeoutException;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Knows the person behind a request by its session, freshly read each time: an account disabled or given another role
 * is so at the next request. A dead session is nobody's.
 */
@ApplicationScoped
class SessionMechanism implements HttpAuthenticationMechanism {

    /** Attribute of an identity whose password was given to them; such a person may only choose a new one. */
    static final String TEMPORARY = "temporary-password";

    /** A database that neither answers nor refuses shows here, before any page waits for it. */
    private static final Duration PATIENCE = Duration.ofSeconds(8);

    private static final Pattern NOBODYS_BUSINESS =
            Pattern.compile("/(?:_static|webjars|q|webhooks|api)/.*|/[^/]+\\.(?:js|css|svg)");

    private final Database database;
    private final SessionCookie cookie;

    SessionMechanism(Database database, SessionCookie cookie) {
        this.database = database;
        this.cookie = cookie;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(RoutingContext request, IdentityProviderManager providers) {
        String token = cookie.token(request.request());
        if (token == null || NOBODYS_BUSINESS.matcher(request.normalizedPath()).matches()) {
            return Nothing.found();
        }
        Context context = Vertx.currentContext();
        return database.inOneStatement(sql -> Sessions.signedIn(sql, Hashes.sha256(token)))
                .ifNoItem()
                .after(PATIENCE)
                .fail()
                .onFailure(TimeoutException.class)
                .recoverWithUni(late -> failOn(context, late))
                .map(SessionMechanism::identity);
    }

    /** The timer has a thread of its own; the request goes on where it came from. */
    private static Uni<Accounts.@Nullable SignedIn> failOn(Context context, Throwable late) {
        return Uni.createFrom().emitter(emitter -> context.runOnContext(ignored -> emitter.fail(late)));
    }

    private static @Nullable SecurityIdentity identity(Accounts.@Nullable SignedIn signedIn) {
        return signedIn == null
                ? null
                : QuarkusSecurityIdentity.builder()
                        .setPrincipal(signedIn.account())
                        .addRole(signedIn.account().role().name())
                        .addAttribute(TEMPORARY, signedIn.temporary())
                        .build();
    }

    @Override
    public Uni<ChallengeData> getChallenge(RoutingContext request) {
        return Uni.createFrom().item(new ChallengeData(401, null, null));
    }
}
