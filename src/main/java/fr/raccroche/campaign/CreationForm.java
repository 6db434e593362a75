package fr.raccroche.campaign;

import fr.raccroche.platform.Problem;
import jakarta.ws.rs.FormParam;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A new campaign on one page, as it was typed. */
public class CreationForm {

    private static final LocalTime EARLIEST = LocalTime.of(8, 0);
    private static final LocalTime LATEST = LocalTime.of(21, 0);
    private static final Duration SHORTEST = Duration.ofMinutes(30);

    @FormParam("name")
    @Nullable
    String name;

    @FormParam("list")
    @Nullable
    Long list;

    @FormParam("startsOn")
    @Nullable
    String startsOn;

    @FormParam("endsOn")
    @Nullable
    String endsOn;

    @FormParam("maxAttempts")
    @Nullable
    Integer maxAttempts;

    @FormParam("callerNumber")
    @Nullable
    String callerNumber;

    @FormParam("script")
    @Nullable
    String script;

    @FormParam("smsText")
    @Nullable
    String smsText;

    @FormParam("mode")
    @Nullable
    String mode;

    @FormParam("days")
    @Nullable
    List<String> days;

    @FormParam("opens1")
    @Nullable
    String opens1;

    @FormParam("closes1")
    @Nullable
    String closes1;

    @FormParam("opens2")
    @Nullable
    String opens2;

    @FormParam("closes2")
    @Nullable
    String closes2;

    /** The part of the day of the first attempts; {@code ANY} for none, the product's default when absent. */
    @FormParam("first")
    @Nullable
    String first;

    /** Reads the form; the first field that makes no sense is named. */
    Campaign draft(List<String> numbers) {
        var hours = new CallingHours(
                days(days), List.of(span(opens1, closes1, "première"), span(opens2, closes2, "seconde")));
        refuse(
                hours.spans()
                        .getFirst()
                        .closes()
                        .isAfter(hours.spans().getLast().opens()),
                "hours",
                "La seconde plage doit commencer après la fin de la première.");
        LocalDate begins = parse(startsOn, LocalDate::parse, "startsOn", "Indiquez la date de début.");
        LocalDate ends = parse(endsOn, LocalDate::parse, "endsOn", "Indiquez la date de fin.");
        refuse(ends.isBefore(begins), "endsOn", "La campagne doit finir après son début.");
        int attempts = maxAttempts == null ? Campaign.MOST_ATTEMPTS : maxAttempts;
        refuse(
                attempts < 1 || attempts > Campaign.MOST_ATTEMPTS,
                "maxAttempts",
                "Entre une et dix tentatives par jeune.");
        String caller = text(callerNumber, "callerNumber", "Choisissez le numéro présenté.", 20);
        refuse(!numbers.contains(caller), "callerNumber", "Ce numéro n'appartient pas au compte.");
        String sender = numbers.stream()
                .filter(n -> n.matches("\\+33[67].*"))
                .findFirst()
                .orElse(caller);
        String named = text(name, "name", "Donnez un nom à la campagne.", 120);
        Campaign.Mode chosen = parse(mode, Campaign.Mode::valueOf, "mode", "Choisissez le mode d'appel.");
        String read = text(script, "script", "Écrivez la trame de l'entretien.", 8000);
        String written = fallback(text(smsText, "smsText", "Écrivez le texte du SMS.", TextTemplate.LONGEST));
        PlanSettings settings =
                first == null ? PlanSettings.DEFAULT : PlanSettings.DEFAULT.withFirst(PlanForm.first(first));
        return new Campaign(
                0,
                named,
                list == null ? 0 : list,
                Campaign.State.DRAFT,
                chosen,
                begins,
                ends,
                new AttemptPlan(hours, attempts, settings),
                caller,
                sender,
                read,
                TextSettings.fallback(written),
                ModeSettings.DEFAULT);
    }

    private static String fallback(String text) {
        new TextTemplate(text)
                .stranger(TextKind.FALLBACK)
                .ifPresent(place ->
                        refuse(true, "smsText", "« " + place + " » n'est pas un champ que l'on peut écrire ici."));
        return text;
    }

    private static Set<DayOfWeek> days(@Nullable List<String> names) {
        List<String> chosen = names == null ? List.of() : names;
        refuse(chosen.isEmpty(), "days", "Choisissez au moins un jour d'appel.");
        return chosen.stream()
                .map(name -> parse(name, CreationForm::day, "days", "Jour inconnu."))
                .collect(Collectors.toSet());
    }

    private static DayOfWeek day(String name) {
        for (DayOfWeek day : DayOfWeek.values()) {
            if (day.name().equals(name) || day.name().substring(0, 3).equals(name)) {
                return day;
            }
        }
        throw new IllegalArgumentException(name);
    }

    private static CallingHours.Span span(@Nullable String opens, @Nullable String closes, String which) {
        String message = "Vérifiez les heures de la " + which + " plage.";
        var span = new CallingHours.Span(
                parse(opens, LocalTime::parse, "hours", message), parse(closes, LocalTime::parse, "hours", message));
        refuse(!span.opens().isBefore(span.closes()), "hours", message);
        refuse(
                span.opens().isBefore(EARLIEST) || span.closes().isAfter(LATEST),
                "hours",
                "Les appels se font entre 8 h et 21 h.");
        refuse(
                span.length().compareTo(SHORTEST) < 0,
                "hours",
                "Une plage dure au moins une demi-heure : vérifiez la " + which + ".");
        return span;
    }

    private static String text(@Nullable String value, String field, String message, int length) {
        String text = value == null ? "" : value.strip();
        refuse(text.isEmpty(), field, message);
        refuse(text.length() > length, field, "Ce texte est trop long (" + length + " caractères au plus).");
        return text;
    }

    private static <T> T parse(@Nullable String value, Function<String, T> parser, String field, String message) {
        try {
            return parser.apply(value == null ? "" : value);
        } catch (DateTimeParseException | IllegalArgumentException e) {
            throw Problem.badRequest("bad-" + field, message);
        }
    }

    private static void refuse(boolean refused, String field, String message) {
        if (refused) {
            throw Problem.badRequest("bad-" + field, message);
        }
    }
}
