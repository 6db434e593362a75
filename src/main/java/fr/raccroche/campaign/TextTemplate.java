package fr.raccroche.campaign;

import static fr.raccroche.platform.FrenchCalendar.PARIS;

import fr.raccroche.platform.French;
import fr.raccroche.youth.PublicText;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
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
     * @param zone the time that the reader's clock keeps
     */
    public record Values(
            String firstName,
            String number,
            String link,
            String service,
            @Nullable Instant callAt,
            ZoneId zone) {

        /** For a reader whose clock is ours. */
        public Values(String firstName, String number, String link, String service, @Nullable Instant callAt) {
            this(firstName, number, link, service, callAt, PARIS);
        }
    }

    /** Why it may not be kept as a text of this kind; empty when it may. */
    public Optional<String> refusal(TextKind kind, boolean isOn) {
        if (text.length() > LONGEST) {
            return Optional.of("Ce texte est trop long (" + LONGEST + " caractères au plus).");
        }
        if (isOn && text.isEmpty()) {
            return Optional.of("Écrivez le texte de ce SMS, ou ne l'envoyez pas.");
        }
        List<String> places = kind.fields().stream().map(Field::written).toList();
        return new PublicText(text).refusedAsWritten(places, isOn);
    }

    public boolean has(Field field) {
        return text.contains(field.written());
    }

    /** The message. Spaces inside a time are plain ones here: a no-break space makes a text twice as long. */
    public String render(Values values) {
        return PublicText.PLACE.matcher(text).replaceAll(place -> Matcher.quoteReplacement(value(place, values)));
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
            case DATE ->
                callAt == null ? "" : French.day(callAt.atZone(values.zone()).toLocalDate());
            case HEURE ->
                callAt == null
                        ? ""
                        : French.time(callAt.atZone(values.zone()).toLocalTime())
                                .replace('\u00a0', ' ');
        };
    }
}
