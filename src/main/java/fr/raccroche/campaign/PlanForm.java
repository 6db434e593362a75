package fr.raccroche.campaign;

import fr.raccroche.platform.Mistakes;
import fr.raccroche.platform.Problem;
import jakarta.ws.rs.core.MultivaluedMap;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.util.Arrays;
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

        public List<PlanSetting> settings() {
            return switch (this) {
                case PARTS ->
                    List.of(PlanSetting.WEIGHT_MORNING, PlanSetting.WEIGHT_AFTERNOON, PlanSetting.WEIGHT_EVENING);
                case CAPS ->
                    List.of(
                            PlanSetting.SPAN,
                            PlanSetting.PER_DAY,
                            PlanSetting.PER_DAY_AFTER_BUSY,
                            PlanSetting.PER_WEEK,
                            PlanSetting.PER_MONTH,
                            PlanSetting.PER_YEAR,
                            PlanSetting.NUMBER_PER_DAY,
                            PlanSetting.NUMBER_GAP);
                case DELAYS ->
                    List.of(
                            PlanSetting.AFTER_NO_ANSWER,
                            PlanSetting.AFTER_VOICEMAIL,
                            PlanSetting.AFTER_BUSY,
                            PlanSetting.AFTER_ABANDONED,
                            PlanSetting.AFTER_INTERRUPTED,
                            PlanSetting.AFTER_THIRD_PARTY,
                            PlanSetting.AFTER_WRONG_NUMBER,
                            PlanSetting.AFTER_LOST,
                            PlanSetting.AFTER_TECHNICAL,
                            PlanSetting.AFTER_PASSED);
                case CALLBACKS ->
                    List.of(PlanSetting.CALLBACK_TRIES, PlanSetting.AFTER_MISSED_CALLBACK, PlanSetting.CALLBACK_LATE);
                case LEARNING -> List.of(PlanSetting.TRIES_PER_NUMBER, PlanSetting.SMOOTHING, PlanSetting.EXPLORATION);
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

    public int value(PlanSetting setting) {
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
     * The campaign with the plan of {@code form}; a field that is absent keeps its value.
     *
     * @throws Problem 400 that names every field that makes no sense
     */
    Campaign changed(MultivaluedMap<String, String> form) {
        var fields = new SettingFields(form);
        Mistakes mistakes = fields.mistakes();
        PlanSettings before = campaign.planSettings();
        Map<PlanSetting, Integer> values = fields.numbers(PlanSetting.class, before::get);
        LocalTime afternoon = fields.time("afternoonFrom", before.afternoonFrom(), EARLIEST_NOON, LATEST_NOON);
        LocalTime evening = fields.time("eveningFrom", before.eveningFrom(), afternoon.plusHours(1), LATEST_EVENING);
        String first = fields.text("first");
        var settings = new PlanSettings(
                values, afternoon, evening, first == null ? before.first() : read(mistakes, first, before.first()));
        String blocked = fields.text("blockedDays");
        var hours = new CallingHours(
                campaign.hours().days(),
                campaign.hours().spans(),
                blocked == null
                        ? campaign.hours().blocked()
                        : mistakes.read(
                                () -> blockedDays(blocked), campaign.hours().blocked()));
        int most = fields.number("maxAttempts", campaign.maxAttempts(), 1, Campaign.MOST_ATTEMPTS);
        Campaign changed = campaign.with(new AttemptPlan(hours, most, settings));
        mistakes.addAll(mistakes(changed));
        mistakes.refuse();
        return changed;
    }

    private static @Nullable DayPart read(Mistakes mistakes, String first, @Nullable DayPart before) {
        try {
            return first(first);
        } catch (Problem problem) {
            problem.mistakes().forEach(mistakes::add);
            return before;
        }
    }

    /** What does not go together in the plan and the hours of a campaign. */
    static Mistakes mistakes(Campaign changed) {
        var mistakes = new Mistakes();
        PlanSettings settings = changed.planSettings();
        List<DayPart> parts = settings.parts(changed.hours());
        mistakes.addIf(
                parts.isEmpty(),
                "weights",
                "Il ne reste aucun moment de la journée pour appeler : donnez un poids à l'un de ceux où la campagne"
                        + " est ouverte.");
        int all = parts.stream().mapToInt(settings::weight).sum();
        mistakes.addIf(
                parts.size() > 1 && parts.stream().anyMatch(part -> settings.weight(part) * 2 > all),
                "weights",
                "Le poids d'un moment ne peut pas dépasser la somme des autres : le même moment reviendrait deux fois"
                        + " de suite.");
        mistakes.addIf(
                settings.get(PlanSetting.PER_DAY_AFTER_BUSY) < settings.get(PlanSetting.PER_DAY),
                "PER_DAY_AFTER_BUSY",
                "Après une ligne occupée, la limite du jour ne peut pas être plus basse que les autres jours.");
        mistakes.addIf(
                changed.startsOn().datesUntil(changed.endsOn().plusDays(1)).noneMatch(changed.hours()::isOpenDay),
                "blockedDays",
                "Avec ces jours sans appel, la campagne n'aurait plus un seul jour ouvert.");
        return mistakes;
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
