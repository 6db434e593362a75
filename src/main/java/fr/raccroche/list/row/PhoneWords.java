package fr.raccroche.list.row;

import fr.raccroche.youth.Identity;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What people write beside a number: whose it is, and whether it may be called. */
public final class PhoneWords {

    private static final Pattern NUMBER = Pattern.compile(
            "(?:\\+|\\(\\+)?[0-9](?:(?:[ .\\u00A0\\u202F\\u2009\\u2011\\u2013-]{0,3}|/|\\()(?:\\))?(?:[ .]{0,1})[0-9]){5,}");
    private static final Pattern BORDER = Pattern.compile("[\\n\\r;/|,&]|\\s-\\s");
    private static final Pattern BRACKETS = Pattern.compile("^[\\s:]*\\([^()]*\\)");

    /** Says of a person, wherever it stands, that they are not to be called. Folded words, a space at each end. */
    private static final Pattern FORBIDS = Pattern.compile(
            " (?:ne|n) (?:surtout )?(?:pas|plus|jamais) (?:a |l |le |la |les |lui |leur |etre |me |nous |y )*"
                    + "(?:appeler|contacter|joindre|deranger|rappeler|telephoner|solliciter|relancer) "
                    + "| ne (?:souhaite|souhaitent|veut|veulent|desire|desirent) (?:pas|plus) (?:etre |qu on |que l on |de nos |d )"
                    + "(?:l |le |la |les )?(?:appel|contact|rappel|derang|sollicit|joint)\\w*"
                    + "| (?:interdi\\w*|defense) (?:d |de )(?:appel|contact)\\w* | do not call | opposition (?:aux|a tout) (?:appels?|contacts?) "
                    + "| s oppose (?:aux|a tout) (?:appels?|contacts?) | (?:pas|plus|aucun) (?:d |de )?appels? ");

    private static final Pattern NOT_TO_CALL = Pattern.compile(
            " (?:ne |n |a ne )?(?:pas|plus|jamais) (?:a |l |le |la |les |lui |leur |etre |me |nous |y )*"
                    + "(?:appel\\w*|contact\\w*|joindre|derang\\w*|rappel\\w*|utilis\\w*|compos\\w*|telephon\\w*|sonn\\w*|solicit\\w*|sollicit\\w*)"
                    + "| (?:pas|plus|aucun|jamais) (?:d |de )?(?:appels?|contacts?|demarchages?|coups? de fil) "
                    + "| (?:appels?|contacts?) (?:interdit|refus|non)\\w* | interdi\\w* | npa | ne pas appele? "
                    + "| (?:stop|arret|arreter|cesser) (?:les )?(?:appels?|contacts?)? ?| opposition | s oppose | oppose[es]? "
                    + "| refus\\w* | ne (?:souhaite|souhaitent|veut|veulent|desire|desirent) (?:pas|plus) "
                    + "| harcel\\w* | decede\\w* | deces | mort[es]? | do not call | don t call | confidentiel\\w* ");

    private static final Pattern SAID_WRONG = Pattern.compile(
            " faux | fausse | errone\\w* | mauvais\\w* | invalides? | incorrects? | inexistants? | hs | hors service "
                    + "| hors d usage | non attribue\\w* | plus attribue\\w* | plus attribuee? | resilie\\w* | coupe[es]? "
                    + "| anciens? | ancienne | obsoletes? | perimes? | n existe (?:pas|plus) | existe (?:pas|plus) "
                    + "| pas le bon | pas bon | ne (?:fonctionne|marche|sonne) ?(?:pas|plus)? "
                    + "| (?:a )?chang\\w* de (?:numero|num|tel\\w*) | plus (?:valable|valide|bon|a jour|le sien|son numero|en service) "
                    + "| desactive\\w* | supprime\\w* | plus utilise\\w* | erreur | wrong ");

    private static final Pattern TEXT_ONLY = Pattern.compile(
            " (?:sms|texto|textos|message|messages|whatsapp|ecrit|mail) (?:seulement|uniquement|only|exclusivement) "
                    + "| (?:seulement|uniquement|exclusivement|que|juste) (?:par |des |les |en )?(?:sms|texto|textos|messages?|ecrit|whatsapp) "
                    + "| sms (?:pas|non) ");

    private static final Pattern RELATIVE = Pattern.compile(
            " (?:grand|grands|belle|beau|demi|arriere) (?:mere|pere|parents?|soeur|frere) | gd (?:mere|pere) | mamie | mami | papi | papy "
                    + "| oncle | tante | tata | tonton | frere | soeur | cousine? | neveu | niece | mari | epoux | epouse | conjointe? "
                    + "| compagnon | compagne | fiancee? | copine? | copain | amie? | voisine? | marraine | parrain | concubine? ");
    private static final Pattern OFFICIAL = Pattern.compile(
            " educ\\w* | foyer | ase | assistante? (?:sociale?|familiale?) | as | referente? | prof\\w* | pp | cpe | enseignante? "
                    + "| instit\\w* | employeur | patron\\w* | entreprise | secretariat | lycee | college | ecole | etablissement | cfa "
                    + "| mission | infirmi\\w* | psy\\w* | avocate? | juge | hopital | ime | itep | mecs | aemo | pjj | association | asso "
                    + "| internat | famille d accueil | proviseur\\w* | directeur | directrice | conseill\\w* | formateur | formatrice "
                    + "| maitre | tuteur (?:d |de )?(?:stage|entreprise) | mairie | hotel | gardien\\w* | concierge ");
    private static final Pattern WORK =
            Pattern.compile(" bureau | travail | pro | boulot | professionnel\\w* | standard ");
    private static final Pattern MOTHER = Pattern.compile(" (?:mere|maman|mme|madame|mother|mum) ");
    private static final Pattern FATHER = Pattern.compile(" (?:pere|papa|mr|monsieur|father|dad) ");
    private static final Pattern GUARDIAN = Pattern.compile(
            " (?:parents?|tuteur|tutrice|responsables?|resp|rl|representante?s?|famille|legale?s?|couple) ");
    private static final Pattern YOUTH = Pattern.compile(
            " (?:eleve|jeune|fils|fille|enfant|etudiante?|apprentie?|perso|personnel|son portable|sa ligne|interessee?) ");

    private PhoneWords() {}

    /** Whom words name. */
    enum Whose {
        /** Nobody: whose the column says. */
        COLUMN,
        YOUTH,
        MOTHER,
        FATHER,
        GUARDIAN,
        /** Somebody's work: whose number stands before it, else the column's. */
        WORK,
        /** A relative, a school, a social worker. */
        OTHER
    }

    /**
     * A number with the words beside it.
     *
     * @param number as it is written
     * @param said why nobody is to call it; null when the words do not say so
     */
    record Spoken(String number, Whose whose, @Nullable RowIssue said) {}

    /** Whether a text says that somebody, or a number, is not to be called. */
    public static boolean forbid(String text) {
        return text.length() > 5
                && FORBIDS.matcher(' ' + Identity.fold(text) + ' ').find();
    }

    /** Whether words of two letters and more stand in a cell. */
    static boolean areIn(String cell) {
        for (int i = 0; i + 1 < cell.length(); i++) {
            if (Character.isLetter(cell.charAt(i)) && Character.isLetter(cell.charAt(i + 1))) {
                return true;
            }
        }
        return false;
    }

    /** The numbers of a cell with their words; empty when none can be told apart. */
    static List<Spoken> in(String cell) {
        Matcher number = NUMBER.matcher(cell);
        var numbers = new ArrayList<String>();
        var between = new ArrayList<String>();
        int end = 0;
        while (number.find()) {
            between.add(cell.substring(end, number.start()));
            numbers.add(number.group());
            end = number.end();
        }
        between.add(cell.substring(end));
        var before = new StringBuilder[numbers.size()];
        for (int i = 0; i < before.length; i++) {
            before[i] = new StringBuilder();
        }
        boolean labelsFirst = areIn(between.getFirst());
        var spoken = new ArrayList<Spoken>();
        RowIssue forAll = null;
        for (int i = 0; i <= numbers.size() && !numbers.isEmpty(); i++) {
            share(between.get(i), i, before, labelsFirst);
        }
        String last = numbers.isEmpty() ? "" : between.getLast();
        Matcher border = BORDER.matcher(last);
        if (numbers.size() > 1 && border.find()) {
            // a remark in a line of its own is about all that stands above
            forAll = said(last.substring(border.end()));
        }
        for (int i = 0; i < numbers.size(); i++) {
            String words = before[i].toString();
            RowIssue said = said(words);
            spoken.add(new Spoken(numbers.get(i), whose(words), said == null ? forAll : said));
        }
        return spoken;
    }

    /** Gives the words between two numbers to the one in front, the one behind, or a refusal to both. */
    private static void share(String words, int behind, StringBuilder[] numbers, boolean labelsFirst) {
        boolean any = areIn(words);
        if (behind == 0 || behind == numbers.length) {
            numbers[behind == 0 ? 0 : behind - 1].append(' ').append(words);
            return;
        }
        if (!any) {
            return;
        }
        Matcher border = BORDER.matcher(words);
        Matcher brackets = BRACKETS.matcher(words);
        boolean divided = border.find();
        boolean bracketed = !divided && brackets.find();
        if (!divided && !bracketed && said(words) != null) {
            // which of the two is meant cannot be told
            numbers[behind - 1].append(' ').append(words);
            numbers[behind].append(' ').append(words);
            return;
        }
        int cut = divided ? border.start() : bracketed ? brackets.end() : labelsFirst ? 0 : words.length();
        numbers[behind - 1].append(' ').append(words, 0, cut);
        numbers[behind].append(' ').append(words, cut, words.length());
    }

    static @Nullable RowIssue said(String words) {
        String folded = ' ' + Identity.fold(words) + ' ';
        if (folded.length() < 4) {
            return null;
        }
        if (TEXT_ONLY.matcher(folded).find()) {
            return RowIssue.PHONE_TEXT_ONLY;
        }
        if (NOT_TO_CALL.matcher(folded).find()) {
            return RowIssue.PHONE_NOT_TO_CALL;
        }
        return SAID_WRONG.matcher(folded).find() ? RowIssue.PHONE_SAID_WRONG : null;
    }

    static Whose whose(String words) {
        String folded = ' ' + Identity.fold(words) + ' ';
        if (folded.isBlank()) {
            return Whose.COLUMN;
        }
        if (RELATIVE.matcher(folded).find() || OFFICIAL.matcher(folded).find()) {
            return Whose.OTHER;
        }
        if (MOTHER.matcher(folded).find()) {
            return Whose.MOTHER;
        }
        if (FATHER.matcher(folded).find()) {
            return Whose.FATHER;
        }
        if (GUARDIAN.matcher(folded).find()) {
            return Whose.GUARDIAN;
        }
        if (YOUTH.matcher(folded).find()) {
            return Whose.YOUTH;
        }
        return WORK.matcher(folded).find() ? Whose.WORK : Whose.COLUMN;
    }
}
