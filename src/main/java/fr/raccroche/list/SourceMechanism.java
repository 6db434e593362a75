package fr.raccroche.list;

import fr.raccroche.platform.Database;
import fr.raccroche.platform.Hashes;
import fr.raccroche.platform.Nothing;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Knows the source behind a program's request by its token; a session opens nothing here, a token nothing elsewhere. */
@ApplicationScoped
class SourceMechanism implements HttpAuthenticationMechanism {

    /** The role of a program that sends lists. */
    static final String IS_SOURCE = "SOURCE";

    private static final String PROGRAMS = "/api/";
    private static final String SCHEME = "bearer ";

    private final Database database;
    private final Clock clock;

    SourceMechanism(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(RoutingContext request, IdentityProviderManager providers) {
        String token = token(request);
        return token == null
                ? Nothing.found()
                : database.inTransaction(sql -> ListSources.byToken(sql, hash(token), clock.instant()))
                        .map(SourceMechanism::identity);
    }

    private static @Nullable String token(RoutingContext request) {
        String header = request.request().getHeader("Authorization");
        return header != null
                        && request.normalizedPath().startsWith(PROGRAMS)
                        && header.toLowerCase(Locale.ROOT).startsWith(SCHEME)
                ? header.substring(SCHEME.length()).strip()
                : null;
    }

    private static @Nullable SecurityIdentity identity(@Nullable ListSource source) {
        return source == null
                ? null
                : QuarkusSecurityIdentity.builder()
                        .setPrincipal(new Speaker(source.id(), source.name()))
                        .addRole(IS_SOURCE)
                        .build();
    }

    /** The database knows only this of a token. */
    static byte[] hash(String token) {
        return Hashes.sha256(token);
    }

    @Override
    public Uni<ChallengeData> getChallenge(RoutingContext request) {
        return request.normalizedPath().startsWith(PROGRAMS)
                ? Uni.createFrom().item(new ChallengeData(401, "WWW-Authenticate", "Bearer"))
                : Nothing.found();
    }
}
