package fr.raccroche.sms;

import java.util.regex.Pattern;

/** Whether a text, every word of it, asks for a call or says yes. */
final class Asking {

    private static final String POLITE =
            "(?:bonjour|bonsoir|salut|coucou|hello|oui|ok|okay|d accord|dac|bien sur|volontiers|avec plaisir|merci"
                    + "|merci (?:beaucoup|d avance|bien|a vous)|svp|s il (?:vous|te) plait|madame|monsieur|cordialement|bonne (?:journee|soiree)|super"
                    + "|parfait|pas de (?:souci|soucis|probleme)|ca marche|no problem|please|yes|alors|donc|voila|et|ouais|carrement|desolee?)";

    private static final String WHENEVER =
            "(?:quand (?:vous|tu) (?:voulez|pouvez|veux|peux|avez le temps)|n importe quand|a n importe quelle heure"
                    + "|maintenant|la maintenant|la|tout de suite|des que (?:possible|vous pouvez)|asap|now|sur ce numero|au plus vite|rapidement|vite"
                    + "|aujourd hui|je suis (?:dispo|disponible|libre)|je suis la|j attends|une fois|back)";

    private static final String AT_AN_HOUR =
            "(?:(?:a|apres|vers|des|a partir de|pas avant|demain|apres demain|ce soir|cet apres midi|demain matin|demain soir"
                    + "|lundi|mardi|mercredi|jeudi|vendredi|samedi|matin|soir|prochain|la semaine prochaine|midi|\\d{1,2} ?(?:h|heures?) ?(?:[0-5]\\d)?"
                    + "|dans \\d{1,2} ?(?:h|heures?|min|minutes?)|dans (?:une|deux) heures?|plutot) ?)+";

    private static final String CALLED = "r?appell?(?:e|es|ez|er|iez)|(?:re)?contact(?:e|es|ez|er|iez)";

    private static final String REQUEST =
            "(?:(?:vous|tu) (?:pouvez|peux|pourriez|pourrais) (?:me |m )(?:" + CALLED + ")"
                    + "|(?:pouvez|peux|pourriez|pourrais|peut) (?:vous |tu |on )?(?:me |m )(?:" + CALLED + ")"
                    + "|(?:merci|veuillez) (?:de |bien vouloir )?(?:me |m )(?:" + CALLED + ")"
                    + "|(?:r?appell?(?:e|es|ez|er)|(?:re)?contact(?:e|es|ez|er)) (?:moi|nous)"
                    + "|(?:r?appellez)(?= (?:svp|s il|merci))|rappellez"
                    + "|(?:je|j) (?:veux|voudrais|souhaite|souhaiterais|aimerais|aimerai|veux bien|accepte|suis d accord|attends)"
                    + " (?:bien )?(?:(?:d |pour )?(?:etre|etres) (?:" + CALLED + ")|que vous (?:me |m )(?:" + CALLED
                    + ")|qu on (?:me |m )(?:" + CALLED
                    + ")|(?:un|votre|un coup de) (?:appel|fil|coup de fil))"
                    + "|j attends votre appel|oui je veux bien|je veux bien|call me|you can call me|please call me|can you call me)";

    private static final Pattern CALL =
            Wording.pattern("(?:" + POLITE + " )*" + REQUEST + "(?: (?:" + POLITE + "|" + WHENEVER + "))*");
    private static final Pattern CALL_AT =
            Wording.pattern("(?:" + POLITE + " )*" + REQUEST + "(?: (?:" + POLITE + "|" + AT_AN_HOUR + "))+");
    private static final Pattern YES = Wording.pattern(POLITE + "(?: (?:" + POLITE
            + "|c est (?:bon|note|parfait)|a (?:tout a l heure|plus tard|plus|bientot|demain|ce soir)))*"
            + "|c est (?:bon|note|parfait|ok)(?: " + POLITE + ")*|note");

    private static final Pattern SOME_YES =
            Wording.pattern("\\b(?:oui|ok|okay|d accord|dac|bien sur|volontiers|plaisir|parfait|souci|soucis"
                    + "|probleme|problem|marche|yes|notee?|bon|ouais|carrement|super|merci)\\b");

    private Asking() {}

    static boolean forACall(Wording text) {
        return CALL.matcher(text.all()).matches();
    }

    /** A call at a time that the same words name. */
    static boolean forACallAt(Wording text) {
        return CALL_AT.matcher(text.all()).matches();
    }

    /** « Ok », « oui merci »: to a reminder it says yes, by itself it asks for nothing. */
    static boolean saysYes(Wording text) {
        return !text.asks() && YES.matcher(text.all()).matches() && text.has(SOME_YES);
    }
}
