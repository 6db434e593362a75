package fr.raccroche.handoff;

import fr.raccroche.platform.Problem;
import fr.raccroche.security.Account;
import fr.raccroche.security.Role;
import org.jspecify.annotations.Nullable;

/**
 * Whose handoffs a person may see: a partner those of one structure, a supervisor all. What lies outside does not exist.
 *
 * @param structureId null for all
 */
record Scope(@Nullable Long structureId) {

    static Scope of(Account account) {
        if (account.role() == Role.SUPERVISOR) {
            return new Scope(null);
        }
        if (account.role() == Role.PARTNER && account.structureId() != null) {
            return new Scope(account.structureId());
        }
        throw Problem.forbidden("not-a-recipient", "Ces dossiers ne sont pas destinés à votre compte.");
    }
}
