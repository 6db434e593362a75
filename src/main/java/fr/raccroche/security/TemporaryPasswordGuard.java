package fr.raccroche.security;

import io.quarkus.security.identity.SecurityIdentity;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.Set;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jspecify.annotations.Nullable;

/** Who was given a password chooses their own before anything else. */
@ApplicationScoped
class TemporaryPasswordGuard {

    private static final Set<String> OPEN = Set.of("/account", "/account/password", "/login", "/logout");

    private final SecurityIdentity identity;

    TemporaryPasswordGuard(SecurityIdentity identity) {
        this.identity = identity;
    }

    @ServerRequestFilter
    @Nullable
    Response check(UriInfo uri) {
        boolean held =
                Boolean.TRUE.equals(identity.getAttribute(SessionMechanism.TEMPORARY)) && !OPEN.contains(uri.getPath());
        return held ? Response.status(303).header("Location", "/account").build() : null;
    }
}
