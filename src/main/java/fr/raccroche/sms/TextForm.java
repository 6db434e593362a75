package fr.raccroche.sms;

import static fr.raccroche.platform.FrenchCalendar.PARIS;

import fr.raccroche.campaign.CallingHours;
import fr.raccroche.campaign.Campaign;
import fr.raccroche.campaign.CampaignWords;
import fr.raccroche.campaign.SettingFields;
import fr.raccroche.campaign.TextKind;
import fr.raccroche.campaign.TextSetting;
import fr.raccroche.campaign.TextSettings;
import fr.raccroche.campaign.TextSettings.Letter;
import fr.raccroche.campaign.TextTemplate;
import fr.raccroche.campaign.TextTemplate.Field;
import fr.raccroche.platform.Mistakes;
import fr.raccroche.platform.Problem;
import jakarta.ws.rs.core.MultivaluedMap;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.format.DateTimeParseException;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The texts of a campaign as a form: what it shows, and what it makes of what a supervisor typed.
 *
 * @param usual templates to begin with, for kinds that nobody wrote yet
 * @param link an address as long as those that are sent
 * @param now when the example is written
 */
record TextForm(Campaign campaign, Function<TextKind, String> usual, String link, Instant now) {

    /** A day that texts may arrive on. */
    record Day(String value, String label, boolean checked) {}

    /** One kind of text with what it would look like. */
    record Card(
            TextKind kind,
            boolean on,
            String template,
            String fields,
            String preview,
            TextLength length,
            String cost) {}

    private static final LocalTime EARLIEST = LocalTime.of(8, 0);
    private static final LocalTime LATEST = LocalTime.of(22, 0);
    private static final String FIRST_NAME = "Lina";

    public TextSettings texts() {
        return campaign.texts();
    }

    public boolean editable() {
        return campaign.state() != Campaign.State.CLOSED;
    }

    public List<Card> cards() {
        return Arrays.stream(TextKind.values()).map(this::card).toList();
    }

    private Card card(TextKind kind) {
        String written = texts().template(kind).text();
        var template = new TextTemplate(written.isEmpty() ? usual.apply(kind) : written);
        String preview = template.render(example());
        var length = TextLength.of(preview);
        return new Card(
                kind,
                texts().isOn(kind),
                template.text(),
                kind.fields().stream().map(Field::written).collect(Collectors.joining(" ")),
                preview,
                length,
                euros(length.cost(texts().get(TextSetting.PRICE))));
    }

    /** Lina, who asked to be called the day after tomorrow. */
    public TextTemplate.Values example() {
        return new TextTemplate.Values(
                FIRST_NAME,
                campaign.callerNumber(),
                link,
                texts().service(),
                now.atZone(PARIS)
                        .toLocalDate()
                        .plusDays(2)
                        .atTime(17, 30)
                        .atZone(PARIS)
                        .toInstant());
    }

    /** What stands in the place of a field in the example. */
    public String example(Field field) {
        return new TextTemplate(field.written()).render(example());
    }

    /** "0,080" */
    static String euros(int thousandths) {
        return "%d,%03d".formatted(thousandths / 1000, thousandths % 1000);
    }

    public List<Field> fields() {
        return List.of(Field.values());
    }

    public List<TextSetting> settings() {
        return List.of(TextSetting.values());
    }

    public int value(TextSetting setting) {
        return texts().get(setting);
    }

    /** Of one segment, in thousandths of a euro. */
    public int price() {
        return value(TextSetting.PRICE);
    }

    public String fallbackAfter() {
        return texts().fallbackAfter().stream().map(String::valueOf).collect(Collectors.joining(", "));
    }

    public LocalTime opens() {
        return texts().hours().spans().getFirst().opens();
    }

    public LocalTime closes() {
        return texts().hours().spans().getLast().closes();
    }

    public List<Day> days() {
        return EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.SATURDAY).stream()
                .map(day -> new Day(
                        day.name(),
                        day.getDisplayName(TextStyle.FULL, Locale.FRENCH),
                        texts().hours().days().contains(day)))
                .toList();
    }

    /**
     * What is to be kept. A field that is absent keeps its value, a box that is not ticked is off.
     *
     * @throws Problem 400 that names every field that makes no sense
     */
    TextSettings changed(MultivaluedMap<String, String> form) {
        Map<TextKind, Letter> letters = new EnumMap<>(TextKind.class);
        for (TextKind kind : TextKind.values()) {
            letters.put(kind, letter(form, kind));
        }
        var fields = new SettingFields(form);
        Mistakes mistakes = fields.mistakes();
        Map<TextSetting, Integer> values = fields.numbers(TextSetting.class, this::value);
        String after = form.getFirst("fallbackAfter");
        String service = form.getFirst("service");
        var changed = new TextSettings(
                letters,
                values,
                after == null ? texts().fallbackAfter() : mistakes.read(() -> attempts(after), texts().fallbackAfter()),
                mistakes.read(() -> hours(form), texts().hours()),
                service == null ? texts().service() : service.strip());
        mistakes.addAll(CampaignWords.ofTexts(changed));
        mistakes.refuse();
        return changed;
    }

    private Letter letter(MultivaluedMap<String, String> fields, TextKind kind) {
        String written = fields.getFirst("text-" + kind);
        String text = written == null
                ? texts().template(kind).text()
                : written.strip().replace("\r\n", "\n");
        return new Letter(fields.containsKey("on-" + kind), new TextTemplate(text));
    }

    private List<Integer> attempts(String text) {
        var after = new ArrayList<Integer>();
        for (String word : text.strip().split("[\\s,;]+")) {
            try {
                int n = Integer.parseInt(word);
                if (n >= 1 && n <= campaign.maxAttempts()) {
                    after.add(n);
                    continue;
                }
            } catch (NumberFormatException e) {
                // said below, like a number out of bounds
            }
            throw Problem.badRequest(
                    "bad-fallbackAfter",
                    "Écrivez des numéros de tentatives entre 1 et " + campaign.maxAttempts() + ", comme 3, 6, 10.");
        }
        return after;
    }

    private CallingHours hours(MultivaluedMap<String, String> fields) {
        Set<DayOfWeek> days = fields.containsKey("opens")
                ? days(fields.getOrDefault("days", List.of()))
                : texts().hours().days();
        LocalTime from = time(fields.getFirst("opens"), opens());
        LocalTime to = time(fields.getFirst("closes"), closes());
        if (from.isBefore(EARLIEST) || to.isAfter(LATEST) || !from.plusHours(1).isBefore(to)) {
            throw badHours();
        }
        return TextSettings.hours(days, from, to);
    }

    private static Problem badHours() {
        return Problem.badRequest("bad-opens", "Les SMS partent entre 8 h et 22 h, pendant plus d'une heure.");
    }

    private static Set<DayOfWeek> days(List<String> names) {
        Set<DayOfWeek> days = EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.SATURDAY).stream()
                .filter(day -> names.contains(day.name()))
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(DayOfWeek.class)));
        if (days.isEmpty() || days.size() != Set.copyOf(names).size()) {
            throw Problem.badRequest("bad-days", "Choisissez au moins un jour, du lundi au samedi.");
        }
        return days;
    }

    private static LocalTime time(@Nullable String text, LocalTime before) {
        try {
            return text == null ? before : LocalTime.parse(text.strip());
        } catch (DateTimeParseException e) {
            throw badHours();
        }
    }
}
