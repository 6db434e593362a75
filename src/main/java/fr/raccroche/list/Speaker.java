package fr.raccroche.list;

import fr.raccroche.platform.Problem;
import io.quarkus.security.identity.SecurityIdentity;
import java.security.Principal;
import org.jspecify.annotations.Nullable;

/** The source in whose name a program speaks. */
record Speaker(long source, String name) implements Principal {

    /** Who speaks in this request. */
    static Speaker of(SecurityIdentity identity) {
        if (identity.getPrincipal() instanceof Speaker speaker) {
            return speaker;
        }
        throw new IllegalStateException("A source without its token");
    }

    @Override
    public String getName() {
        return name;
    }

    /** Fails with a {@link Problem} 403 about what belongs to another source, or to none. */
    void refuseOthers(@Nullable Long owner) {
        if (owner == null || owner != source) {
            throw Problem.forbidden(
                    "wrong-source",
                    "Ce jeton est celui de « %s ». Cette liste appartient à un autre expéditeur : prenez le jeton de celui-ci."
                            .formatted(name));
        }
    }
}
