package fr.raccroche.sms;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.List;
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
    /** « Pas avant 17 h », « pas demain », « pas sur ce numéro »: a wish for another time or another way. */
    private static final String OTHERWISE =
            "(?! (?:avant|apres|entre|pendant|maintenant|aujourd|demain|ce|cet|cette|le|la|les|a|au|en|sur|sans|si|tant"
                    + "|trop|encore|tard|tout de suite)\\b)";

    /** « Vous ne rappelez pas » complains, « je ne m'appelle pas Lina » corrects: neither asks for an end. */
    private static final String NOT_ABOUT_SOMEBODY = "(?<!\\b(?:je|tu|il|elle|on|vous|ils|elles|personne|pourquoi) )";

    private static final String CONTACT = "(?:sms|textos?|messages?|appels?)";

    /** Before anything else, « arrêt » is also a sick leave, a bus stop and the end of school. */
    private static final Pattern STOP_FIRST = Pattern.compile(
            "(?s)\\W*(?:stop|arret|arretez)(?:\\W*| *[.,;:!\u2026\n\r].*| *\\d.*| (?:sms|svp|s il|merci|tout)\\b.*"
                    + "| (?:a |aux |les |des |vos |tous |toutes |ces )*"
                    + CONTACT + "\\b.*)");

    private static final Pattern CLEAR = Pattern.compile(
            ".*" + NOT_ABOUT_SOMEBODY
                    + "\\bne? (?:m |me )?(?:r?appell?e[zrs]?|contacte[zrs]?|derange[zrs]?)(?: moi)? (?:plus|pas)\\b"
                    + OTHERWISE + ".*"
                    + "|.*\\b(?:ne plus|plus m|plus me) (?:m |me )?(?:rappeler|appeler|contacter|deranger)\\b"
                    + OTHERWISE
                    + ".*"
                    + "|(?:please )?(?:unsubscribe|stop|cancel|end|quit) (?:me|all|sms|texts?|calls?|calling|texting|messages?)\\b.*"
                    + "|.*\\b(?:do not|don t|dont|never) (?:call|text|contact|message) me\\b(?! (?:before|after|between|now|today|tomorrow|on|at|in|this|until|yet)\\b).*"
                    + "|.*(?<!\\b(?:ai|as|a|avez|ont) )\\barrete[zr]? de (?:m |me )?(?:rappeler|appeler|contacter|harceler|ecrire)\\b.*");

    /** A question asks; what stands beside it may still be clear. */
    private static final String SENTENCES = "(?<=[.!?;\n\r\u2026])";

    /** Whatever the other words are, somebody names a day or a number, or wants to be called. */
    private static final Pattern IN_DOUBT =
            Pattern.compile(".*(?:\\b(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche"
                    + "|monday|tuesday|wednesday|thursday|friday|saturday|sunday)s?\\b"
                    + "|\\b(?:sur|a) (?:ce|cet|mon|le) (?:numero|num|tel|telephone|portable|fixe)\\b"
                    + "|(?<!\\bne? )\\br?appell?e[zsr]? moi\\b(?! (?:plus(?! tard)|pas)\\b)).*");

    /** What is meant comes after a « mais ». */
    private static final Pattern BUT = Pattern.compile("(?s).*\\bmais\\b");

    static Reply of(String text) {
        String written = BUT.matcher(Normalizer.normalize(text, Normalizer.Form.NFD)
                        .replaceAll("\\p{M}+", "")
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("['\u2019-]", " "))
                .replaceFirst("");
        String words = words(written);
        List<String> said = Arrays.stream(written.split(SENTENCES))
                .filter(sentence -> !sentence.strip().endsWith("?"))
                .toList();
        boolean asks = written.strip().endsWith("?");
        boolean clear =
                (!asks && (ALONE.contains(words) || STOP_FIRST.matcher(written).matches()))
                        || said.stream()
                                .map(Reply::words)
                                .anyMatch(sentence -> CLEAR.matcher(sentence).matches());
        return clear && !IN_DOUBT.matcher(words).matches() ? OBJECTION : TO_READ;
    }

    private static String words(String written) {
        return written.replaceAll("[^a-z0-9]+", " ").strip();
    }
}
