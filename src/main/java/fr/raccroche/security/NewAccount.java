package fr.raccroche.security;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Whether an account may be created as it was typed. */
final class NewAccount {

    private static final Pattern EMAIL = Pattern.compile("[^\\s@<>\"]{1,64}@[^\\s@<>\"]+\\.[^\\s@<>\"]{2,}");
    private static final int LONGEST_EMAIL = 200;
    private static final int LONGEST_NAME = 100;

    private NewAccount() {}

    /** What is wrong, in French, or null. */
    static @Nullable String refusal(Accounts.New account) {
        if (account.displayName().isBlank() || account.displayName().length() > LONGEST_NAME) {
            return "Indiquez le prénom et le nom de la personne (%d caractères au plus).".formatted(LONGEST_NAME);
        }
        if (account.email().length() > LONGEST_EMAIL
                || !EMAIL.matcher(account.email()).matches()) {
            return "Cette adresse électronique n'est pas complète : il faut la forme nom@exemple.fr.";
        }
        if ((account.role() == Role.PARTNER) != (account.structureId() != null)) {
            return account.role() == Role.PARTNER
                    ? "Choisissez la structure du partenaire dans la liste proposée."
                    : "Seul un partenaire est rattaché à une structure : videz ce champ, ou choisissez le rôle Partenaire.";
        }
        return null;
    }
}
