package fr.raccroche.campaign;

import fr.raccroche.platform.French;
import java.text.Normalizer;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The text of a message with places in braces, {@code Bonjour {prenom}}. There is no field for a surname nor for a reason:
 * a phone lies on tables, and others read along.
 */
public record TextTemplate(String text) {

    public static final int LONGEST = 600;

    /** What can stand in braces. */
    public enum Field {
        PRENOM,
        NUMERO,
        LIEN,
        DATE,
        HEURE,
        SERVICE;

        /** As it is written in a template. */
        public String written() {
            return "{" + name().toLowerCase(Locale.ROOT) + "}";
        }
    }

    /**
     * What stands in the places.
     *
     * @param number the number to call, E.164
     * @param link the address of the youth's own page
     * @param callAt the call that the youth asked for; null where there is none
     */
    public record Values(
            String firstName,
            String number,
            String link,
            String service,
            @Nullable Instant callAt) {}

    private static final Pattern PLACE = Pattern.compile("\\{([^{}]*)}");
    private static final Pattern REASON = Pattern.compile("decrocheu|decrochage|descolaris|rupture scolaire");
    private static final Pattern STOP = Pattern.compile("\\bstop\\b");

    /** What is in braces and no field of {@code kind}, as it is written; or a lonely brace. */
    public Optional<String> stranger(TextKind kind) {
        List<String> known = kind.fields().stream().map(Field::written).toList();
        Optional<String> unknown = PLACE.matcher(text)
                .results()
                .map(MatchResult::group)
                .filter(place -> !known.contains(place))
                .findFirst();
        return unknown.isPresent()
                ? unknown
                : PLACE.matcher(text)
                        .replaceAll("")
                        .chars()
                        .filter(c -> c == '{' || c == '}')
                        .mapToObj(Character::toString)
                        .findFirst();
    }

    /** Whether it says what nobody but the youth may know: the word is never written to anybody. */
    public boolean tellsTheReason() {
        return REASON.matcher(plain()).find();
    }

    /** Whether it says how not to be contacted any more. */
    public boolean tellsHowToStop() {
        return STOP.matcher(plain()).find() || has(Field.LIEN) || has(Field.NUMERO);
    }

    public boolean has(Field field) {
        return text.contains(field.written());
    }

    private String plain() {
        return Normalizer.normalize(text, Normalizer.Form.NFD)
                .replaceAll("\\p{M}+", "")
                .toLowerCase(Locale.ROOT);
    }

    /** The message. Spaces inside a time are plain ones here: a no-break space makes a text twice as long. */
    public String render(Values values) {
        return PLACE.matcher(text).replaceAll(place -> Matcher.quoteReplacement(value(place, values)));
    }

    private static String value(MatchResult place, Values values) {
        return Arrays.stream(Field.values())
                .filter(field -> field.written().equals(place.group()))
                .findFirst()
                .map(field -> value(field, values))
                .orElse(place.group());
    }

    private static String value(Field field, Values values) {
        Instant callAt = values.callAt();
        return switch (field) {
            case PRENOM -> values.firstName();
            case NUMERO -> French.phone(values.number());
            case LIEN -> values.link();
            case SERVICE -> values.service();
            case DATE -> callAt == null ? "" : French.day(callAt);
            case HEURE -> callAt == null ? "" : French.time(callAt).replace('\u00a0', ' ');
        };
    }
}
