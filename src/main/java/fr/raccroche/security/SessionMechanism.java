package fr.raccroche.security;

import fr.raccroche.platform.Database;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
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

    private static final Pattern NOBODYS_BUSINESS =
            Pattern.compile("/(?:_static|webjars|q|webhooks)/.*|/[^/]+\\.(?:js|css|svg)");

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
            return Uni.createFrom().nullItem();
        }
        return database.inTransaction(sql -> Accounts.bySession(sql, SessionCookie.sha256(token)))
                .map(SessionMechanism::identity);
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
