package fr.raccroche.security;

import fr.raccroche.platform.Mistakes;
import java.util.regex.Pattern;

/** Whether an account may be created as it was typed. */
final class NewAccount {

    private static final Pattern EMAIL = Pattern.compile("[^\\s@<>\"]{1,64}@[^\\s@<>\"]+\\.[^\\s@<>\"]{2,}");
    private static final int LONGEST_EMAIL = 200;
    private static final int LONGEST_NAME = 100;

    private NewAccount() {}

    /** What is wrong with it, each under the name of its field. */
    static Mistakes mistakes(Accounts.New account) {
        var mistakes = new Mistakes();
        mistakes.addIf(
                account.displayName().isBlank() || account.displayName().length() > LONGEST_NAME,
                "displayName",
                "Indiquez le prénom et le nom de la personne (%d caractères au plus).".formatted(LONGEST_NAME));
        mistakes.addIf(
                account.email().length() > LONGEST_EMAIL
                        || !EMAIL.matcher(account.email()).matches(),
                "email",
                "Cette adresse électronique n'est pas complète : il faut la forme nom@exemple.fr.");
        boolean isPartner = account.role() == Role.PARTNER;
        mistakes.addIf(
                isPartner && account.structureId() == null,
                "structure",
                "Choisissez la structure du partenaire dans la liste proposée.");
        mistakes.addIf(
                !isPartner && account.structureId() != null,
                "structure",
                "Seul un partenaire est rattaché à une structure : videz ce champ, ou choisissez le rôle Partenaire.");
        return mistakes;
    }
}
