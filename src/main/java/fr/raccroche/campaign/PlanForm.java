package fr.raccroche.campaign;

import fr.raccroche.campaign.PlanSettings.Setting;
import fr.raccroche.platform.Problem;
import jakarta.ws.rs.core.MultivaluedMap;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The settings of a plan as a form: what it shows, and what it makes of what a supervisor typed. */
record PlanForm(Campaign campaign) {

    /** Settings that belong together. */
    enum Group {
        PARTS,
        CAPS,
        DELAYS,
        CALLBACKS,
        LEARNING;

        public List<Setting> settings() {
            return switch (this) {
                case PARTS -> List.of(Setting.WEIGHT_MORNING, Setting.WEIGHT_AFTERNOON, Setting.WEIGHT_EVENING);
                case CAPS ->
                    List.of(
                            Setting.SPAN,
                            Setting.PER_DAY,
                            Setting.PER_DAY_AFTER_BUSY,
                            Setting.PER_WEEK,
                            Setting.PER_MONTH,
                            Setting.PER_YEAR);
                case DELAYS ->
                    List.of(
                            Setting.AFTER_NO_ANSWER,
                            Setting.AFTER_VOICEMAIL,
                            Setting.AFTER_BUSY,
                            Setting.AFTER_ABANDONED,
                            Setting.AFTER_INTERRUPTED,
                            Setting.AFTER_THIRD_PARTY,
                            Setting.AFTER_WRONG_NUMBER,
                            Setting.AFTER_LOST,
                            Setting.AFTER_TECHNICAL,
                            Setting.AFTER_PASSED);
                case CALLBACKS -> List.of(Setting.CALLBACK_TRIES, Setting.AFTER_MISSED_CALLBACK, Setting.CALLBACK_LATE);
                case LEARNING -> List.of(Setting.TRIES_PER_NUMBER, Setting.SMOOTHING, Setting.EXPLORATION);
            };
        }
    }

    private static final String ANY = "ANY";
    private static final int MOST_BLOCKED_DAYS = 100;
    private static final DateTimeFormatter FRENCH_DAY =
            DateTimeFormatter.ofPattern("d/M/uuuu").withResolverStyle(ResolverStyle.STRICT);
    private static final DateTimeFormatter SHOWN_DAY = DateTimeFormatter.ofPattern("dd/MM/uuuu");
    private static final LocalTime EARLIEST_NOON = LocalTime.of(11, 0);
    private static final LocalTime LATEST_NOON = LocalTime.of(15, 0);
    private static final LocalTime LATEST_EVENING = LocalTime.of(20, 0);

    static PlanForm of(Campaign campaign) {
        return new PlanForm(campaign);
    }

    public List<Group> groups() {
        return List.of(Group.values());
    }

    public int value(Setting setting) {
        return campaign.planSettings().get(setting);
    }

    /** A closed campaign shows its plan and takes no changes. */
    public boolean editable() {
        return campaign.state() != Campaign.State.CLOSED;
    }

    public List<DayPart> parts() {
        return List.of(DayPart.values());
    }

    public boolean isFirst(DayPart part) {
        return campaign.planSettings().first() == part;
    }

    public boolean anyFirst() {
        return campaign.planSettings().first() == null;
    }

    public LocalTime afternoonFrom() {
        return campaign.planSettings().afternoonFrom();
    }

    public LocalTime eveningFrom() {
        return campaign.planSettings().eveningFrom();
    }

    /** One a line, as people write dates. */
    public String blockedDays() {
        return new TreeSet<>(campaign.hours().blocked())
                .stream().map(SHOWN_DAY::format).collect(Collectors.joining("\n"));
    }

    /** The part of the day that a field names; null for any. */
    static @Nullable DayPart first(String value) {
        if (value.equals(ANY)) {
            return null;
        }
        return Arrays.stream(DayPart.values())
                .filter(part -> part.name().equals(value))
                .findFirst()
                .orElseThrow(() -> Problem.badRequest("bad-first", "Choisissez le moment du premier appel."));
    }

    /**
     * The campaign with the plan of {@code fields}; a field that is absent keeps its value.
     *
     * @throws Problem 400 that names the first field that makes no sense
     */
    Campaign changed(MultivaluedMap<String, String> fields) {
        PlanSettings before = campaign.planSettings();
        Map<Setting, Integer> values = new EnumMap<>(Setting.class);
        for (Setting setting : Setting.values()) {
            values.put(setting, number(fields, setting.name(), before.get(setting), setting.least(), setting.most()));
        }
        LocalTime afternoon = time(fields, "afternoonFrom", before.afternoonFrom(), EARLIEST_NOON, LATEST_NOON);
        LocalTime evening = time(fields, "eveningFrom", before.eveningFrom(), afternoon.plusHours(1), LATEST_EVENING);
        String first = fields.getFirst("first");
        var settings = new PlanSettings(values, afternoon, evening, first == null ? before.first() : first(first));
        String blocked = fields.getFirst("blockedDays");
        var hours = new CallingHours(
                campaign.hours().days(),
                campaign.hours().spans(),
                blocked == null ? campaign.hours().blocked() : blockedDays(blocked));
        int most = number(fields, "maxAttempts", campaign.maxAttempts(), 1, Campaign.MOST_ATTEMPTS);
        Campaign changed = campaign.with(hours, most, settings);
        check(changed);
        return changed;
    }

    private static void check(Campaign changed) {
        PlanSettings settings = changed.planSettings();
        List<DayPart> parts = settings.parts(changed.hours());
        if (parts.isEmpty()) {
            throw Problem.badRequest(
                    "bad-weights",
                    "Il ne reste aucun moment de la journée pour appeler : donnez un poids à l'un de ceux où la campagne"
                            + " est ouverte.");
        }
        int all = parts.stream().mapToInt(settings::weight).sum();
        if (parts.size() > 1 && parts.stream().anyMatch(part -> settings.weight(part) * 2 > all)) {
            throw Problem.badRequest(
                    "bad-weights",
                    "Le poids d'un moment ne peut pas dépasser la somme des autres : le même moment reviendrait deux fois"
                            + " de suite.");
        }
        if (settings.get(Setting.PER_DAY_AFTER_BUSY) < settings.get(Setting.PER_DAY)) {
            throw Problem.badRequest(
                    "bad-PER_DAY_AFTER_BUSY",
                    "Après une ligne occupée, la limite du jour ne peut pas être plus basse que les autres jours.");
        }
        if (changed.startsOn().datesUntil(changed.endsOn().plusDays(1)).noneMatch(changed.hours()::isOpenDay)) {
            throw Problem.badRequest(
                    "bad-blockedDays", "Avec ces jours sans appel, la campagne n'aurait plus un seul jour ouvert.");
        }
    }

    private static int number(MultivaluedMap<String, String> fields, String field, int before, int least, int most) {
        String text = fields.getFirst(field);
        if (text == null) {
            return before;
        }
        try {
            int number = Integer.parseInt(text.strip());
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // said below, like a number out of bounds
        }
        throw Problem.badRequest("bad-" + field, "Un nombre entre " + least + " et " + most + " est attendu ici.");
    }

    private static LocalTime time(
            MultivaluedMap<String, String> fields, String field, LocalTime before, LocalTime least, LocalTime most) {
        String text = fields.getFirst(field);
        if (text == null) {
            return before;
        }
        try {
            LocalTime time = LocalTime.parse(text.strip());
            if (!time.isBefore(least) && !time.isAfter(most)) {
                return time;
            }
        } catch (DateTimeParseException e) {
            // said below, like a time out of bounds
        }
        throw Problem.badRequest("bad-" + field, "Une heure entre " + least + " et " + most + " est attendue ici.");
    }

    private static Set<LocalDate> blockedDays(String text) {
        List<String> lines = Stream.of(text.split("[\\s,;]+"))
                .filter(line -> !line.isEmpty())
                .toList();
        if (lines.size() > MOST_BLOCKED_DAYS) {
            throw Problem.badRequest("bad-blockedDays", "Cent jours sans appel au plus.");
        }
        return lines.stream().map(PlanForm::blockedDay).collect(Collectors.toSet());
    }

    private static LocalDate blockedDay(String text) {
        try {
            return text.contains("/") ? LocalDate.parse(text, FRENCH_DAY) : LocalDate.parse(text);
        } catch (DateTimeParseException e) {
            throw Problem.badRequest("bad-blockedDays", "Écrivez les jours sans appel comme 24/12/2026, un par ligne.");
        }
    }
}
