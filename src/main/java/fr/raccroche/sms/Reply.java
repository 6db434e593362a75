package fr.raccroche.sms;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** What a text from a youth asks for. In doubt a person reads it; only clear words object. */
enum Reply {
    /** No more calls, no more texts. */
    OBJECTION,
    /** Somebody should call. */
    TO_READ;

    private static final Set<String> ALONE = Set.of(
            "stop",
            "stopall",
            "arret",
            "arrete",
            "arreter",
            "arretez",
            "arretes",
            "arrett",
            "unsubscribe",
            "end",
            "cancel",
            "quit",
            "revoke",
            "optout",
            "desinscription",
            "desinscrire",
            "desabonner",
            "non stop",
            "no more texts",
            "remove me",
            "leave me alone",
            "desinscris moi",
            "desinscrivez moi",
            "me desinscrire");
    /** « Pas avant 17 h », « pas demain »: a wish for another time. */
    private static final String ANOTHER_TIME =
            "(?! (?:avant|apres|entre|pendant|maintenant|aujourd|demain|ce|cet|cette|le|la|les|a|en|tout de suite|si tot)\\b)";

    private static final Pattern CLEAR = Pattern.compile("(?:stop|arret|arretez)(?! ou\\b)\\b.*"
            + "|.*\\bne? (?:m |me )?(?:r?appell?e[zrs]?|contacte[zrs]?|derange[zrs]?)(?: moi)? (?:plus|pas)\\b"
            + ANOTHER_TIME + ".*"
            + "|.*\\b(?:ne plus|plus m|plus me) (?:m |me )?(?:rappeler|appeler|contacter|deranger)\\b"
            + ANOTHER_TIME
            + ".*"
            + "|(?:please )?(?:unsubscribe|stop|cancel|end|quit) (?:me|all|sms|texts?|calls?|calling|texting|messages?)\\b.*"
            + "|.*\\b(?:do not|don t|dont|never) (?:call|text|contact|message) me\\b(?! (?:before|after|between|now|today|tomorrow|on|at|in|this|until|yet)\\b).*"
            + "|.*\\barrete[zr]? de (?:m |me )?(?:rappeler|appeler|contacter|harceler)\\b.*");

    static Reply of(String text) {
        String words = Normalizer.normalize(text, Normalizer.Form.NFD)
                .replaceAll("\\p{M}+", "")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", " ")
                .strip();
        return ALONE.contains(words) || CLEAR.matcher(words).matches() ? OBJECTION : TO_READ;
    }
}
