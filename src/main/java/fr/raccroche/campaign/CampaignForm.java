package fr.raccroche.campaign;

import fr.raccroche.platform.Mistakes;
import fr.raccroche.platform.Problem;
import jakarta.ws.rs.core.MultivaluedMap;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.format.DateTimeParseException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** A campaign as a supervisor types it, a new one on one page or what may still change of one. */
final class CampaignForm {

    private static final LocalTime EARLIEST = LocalTime.of(8, 0);
    private static final LocalTime LATEST = LocalTime.of(21, 0);
    private static final Duration SHORTEST = Duration.ofMinutes(30);
    private static final int LONGEST_NAME = 120;
    private static final int LONGEST_SCRIPT = 8000;

    private final SettingFields fields;
    private final Mistakes mistakes;

    CampaignForm(MultivaluedMap<String, String> fields) {
        this.fields = new SettingFields(fields);
        this.mistakes = this.fields.mistakes();
    }

    /**
     * A new campaign.
     *
     * @param numbers those of the account
     * @throws Problem 400 that names every field that makes no sense
     */
    Campaign draft(List<String> numbers) {
        CallingHours hours = hours(CallingHours.DEFAULT);
        LocalDate begins = begins();
        LocalDate ends = ends(begins);
        int attempts = fields.number("maxAttempts", Campaign.MOST_ATTEMPTS, 1, Campaign.MOST_ATTEMPTS);
        String caller = fields.text("callerNumber", "Choisissez le numéro présenté.", 20);
        mistakes.addIf(!numbers.contains(caller), "callerNumber", "Ce numéro n'appartient pas au compte.");
        String sender = numbers.stream()
                .filter(n -> n.matches("\\+33[67].*"))
                .findFirst()
                .orElse(caller);
        String first = fields.text("first");
        PlanSettings settings = first == null
                ? PlanSettings.DEFAULT
                : mistakes.read(() -> PlanSettings.DEFAULT.withFirst(PlanForm.first(first)), PlanSettings.DEFAULT);
        var draft = new Campaign(
                0,
                name(),
                fields.parsed("list", Long::parseLong, "Choisissez une liste.", 0L),
                Campaign.State.DRAFT,
                fields.parsed("mode", Campaign.Mode::valueOf, "Choisissez le mode d'appel.", Campaign.Mode.PROGRESSIVE),
                begins,
                ends,
                new AttemptPlan(hours, attempts, settings),
                caller,
                sender,
                script(),
                TextSettings.fallback(fallback()),
                ModeSettings.DEFAULT);
        mistakes.refuse();
        return draft;
    }

    /**
     * A campaign with what may still change: the first day only before it came, the last one not to before today.
     *
     * @throws Problem 400 that names every field that makes no sense
     */
    Campaign changed(Campaign before, LocalDate today) {
        CallingHours hours = hours(before.hours());
        LocalDate begins = mayMoveItsStart(before, today) ? begins() : before.startsOn();
        LocalDate ends = ends(begins);
        mistakes.addIf(
                !ends.equals(before.endsOn()) && ends.isBefore(today),
                "endsOn",
                "La campagne ne peut pas finir avant aujourd'hui. Pour l'arrêter maintenant, terminez-la.");
        Campaign changed = before.with(name(), begins, ends, hours, script());
        mistakes.addIf(
                mistakes.isEmpty() && begins.datesUntil(ends.plusDays(1)).noneMatch(changed.hours()::isOpenDay),
                "days",
                "Entre ces dates, aucun jour d'appel n'est ouvert.");
        if (mistakes.isEmpty()) {
            mistakes.addAll(PlanForm.mistakes(changed));
        }
        mistakes.refuse();
        return changed;
    }

    /** Whether its first day can still be another one. */
    static boolean mayMoveItsStart(Campaign campaign, LocalDate today) {
        return campaign.state() == Campaign.State.DRAFT || campaign.startsOn().isAfter(today);
    }

    private String name() {
        String name = fields.text("name", "Donnez un nom à la campagne.", LONGEST_NAME);
        CampaignWords.ofName(name).ifPresent(why -> mistakes.add("name", why));
        return name;
    }

    private String script() {
        String script = fields.text("script", "Écrivez la trame de l'entretien.", LONGEST_SCRIPT);
        CampaignWords.ofScript(script).ifPresent(why -> mistakes.add("script", why));
        return script;
    }

    private String fallback() {
        String text = fields.text("smsText", "Écrivez le texte du SMS.", TextTemplate.LONGEST);
        new TextTemplate(text).refusal(TextKind.FALLBACK, true).ifPresent(why -> mistakes.add("smsText", why));
        return text;
    }

    private LocalDate begins() {
        return fields.parsed("startsOn", LocalDate::parse, "Indiquez la date de début.", LocalDate.EPOCH);
    }

    private LocalDate ends(LocalDate begins) {
        LocalDate ends = fields.parsed("endsOn", LocalDate::parse, "Indiquez la date de fin.", LocalDate.MAX);
        mistakes.addIf(ends.isBefore(begins), "endsOn", "La campagne doit finir après son début.");
        return ends.equals(LocalDate.MAX) ? begins : ends;
    }

    private CallingHours hours(CallingHours before) {
        Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
        for (String name : fields.all("days")) {
            mistakes.read(() -> days.add(day(name)), false);
        }
        mistakes.addIf(days.isEmpty(), "days", "Choisissez au moins un jour d'appel.");
        CallingHours.Span first = span("opens1", "closes1", "première");
        CallingHours.Span second = span("opens2", "closes2", "seconde");
        mistakes.addIf(
                first.closes().isAfter(second.opens()),
                "hours",
                "La seconde plage doit commencer après la fin de la première.");
        return mistakes.isEmpty() ? new CallingHours(days, List.of(first, second), before.blocked()) : before;
    }

    private static DayOfWeek day(String name) {
        for (DayOfWeek day : DayOfWeek.values()) {
            if (day.name().equals(name) || day.name().substring(0, 3).equals(name)) {
                return day;
            }
        }
        throw Problem.badRequest("bad-days", "Jour inconnu.");
    }

    private CallingHours.Span span(String opens, String closes, String which) {
        String message = "Vérifiez les heures de la " + which + " plage.";
        LocalTime from = hour(opens, message, EARLIEST);
        LocalTime to = hour(closes, message, LATEST);
        mistakes.addIf(!from.isBefore(to), "hours", message);
        mistakes.addIf(from.isBefore(EARLIEST) || to.isAfter(LATEST), "hours", "Les appels se font entre 8 h et 21 h.");
        mistakes.addIf(
                Duration.between(from, to).compareTo(SHORTEST) < 0,
                "hours",
                "Une plage dure au moins une demi-heure : vérifiez la " + which + ".");
        return new CallingHours.Span(from, to);
    }

    private LocalTime hour(String field, String message, LocalTime instead) {
        try {
            String text = fields.text(field);
            return LocalTime.parse(text == null ? "" : text.strip());
        } catch (DateTimeParseException e) {
            mistakes.add("hours", message);
            return instead;
        }
    }
}
