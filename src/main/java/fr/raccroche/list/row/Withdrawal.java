package fr.raccroche.list.row;

import fr.raccroche.youth.Identity;
import java.util.Set;
import java.util.regex.Pattern;

/** What stands in the column that says who is no longer on a list. */
public enum Withdrawal {
    NO,
    YES,
    /** Neither: somebody has to look. */
    UNCLEAR;

    private static final Set<String> NOTHING = Set.of(
            "",
            "0",
            "n",
            "non",
            "no",
            "faux",
            "false",
            "aucun",
            "aucune",
            "neant",
            "nc",
            "na",
            "null",
            "maintenu",
            "maintenue",
            "actif",
            "active",
            "present",
            "presente",
            "a appeler",
            "garder",
            "a garder",
            "pas de retrait",
            "non retire",
            "non retiree",
            "en cours",
            "off");
    private static final Pattern SENT_AWAY = Pattern.compile(
            " (?:1|o|oui|x|xx|xxx|v|vrai|true|yes|y|ok|on|retire[es]*|retrait|retirer|enleve[es]*|enlever|supprime[es]*|supprimer"
                    + "|sorti[es]*|sortir|sortie|raye[es]*|barre[es]*|annule[es]*|reinscri\\w*|scolarise[es]*|rescolarise[es]*|inscrit[es]*"
                    + "|parti[es]*|demenage[es]*|decede[es]*|deces|refus\\w*|oppos\\w*|stop|doublon|erreur) ");
    private static final Pattern NEGATED =
            Pattern.compile(" (?:non|pas|plus|sauf|jamais|ni|sans|a verifier|verifier) |\\?");

    /** What a cell says. */
    public static Withdrawal of(String cell) {
        if (cell.isEmpty()) {
            return NO;
        }
        String clean = CellText.clean(cell);
        String folded = Identity.fold(clean);
        if (NOTHING.contains(folded)) {
            return clean.indexOf('?') >= 0 ? UNCLEAR : folded.isEmpty() ? ofSigns(clean) : NO;
        }
        if (PhoneWords.forbid(clean)) {
            return YES;
        }
        String words = ' ' + folded + ' ';
        boolean negated = NEGATED.matcher(words).find() || clean.indexOf('?') >= 0;
        return SENT_AWAY.matcher(words).find() && !negated ? YES : UNCLEAR;
    }

    /** A tick and a cross are a yes, a dash is nothing. */
    private static Withdrawal ofSigns(String clean) {
        boolean ticked = clean.codePoints().anyMatch(c -> "✓✔✗✘×☑☒".indexOf(c) >= 0);
        boolean nothing = clean.isBlank() || clean.codePoints().allMatch(c -> "-–—./_ ☐".indexOf(c) >= 0);
        return ticked ? YES : nothing ? NO : UNCLEAR;
    }
}
