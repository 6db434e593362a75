package fr.raccroche.security;

import fr.raccroche.platform.Problem;
import io.quarkus.security.identity.SecurityIdentity;
import java.security.Principal;
import org.jspecify.annotations.Nullable;

/**
 * The person behind a request, as the database knew them when it began.
 *
 * @param structureId the structure a partner works for; null for every other role
 */
public record Account(
        long id,
        String email,
        String displayName,
        Role role,
        @Nullable Long structureId) implements Principal {

    /** The signed-in person; 403 when there is none. */
    public static Account of(SecurityIdentity identity) {
        if (identity.getPrincipal() instanceof Account account) {
            return account;
        }
        throw Problem.forbidden("not-signed-in", "Connectez-vous pour continuer.");
    }

    @Override
    public String getName() {
        return Long.toString(id);
    }
}
