package fr.raccroche.campaign;

import fr.raccroche.platform.Mistakes;
import fr.raccroche.platform.Problem;
import jakarta.ws.rs.core.MultivaluedMap;
import java.time.LocalTime;
import java.time.format.DateTimeParseException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a form of settings. One that is absent keeps its value; one that makes no sense is noted, and its value of
 * before stands for it until {@link Mistakes#refuse} names them all.
 */
public record SettingFields(MultivaluedMap<String, String> fields, Mistakes mistakes) {

    public SettingFields(MultivaluedMap<String, String> fields) {
        this(fields, new Mistakes());
    }

    /** The text of a field as it was typed; null when it is absent. */
    public @Nullable String text(String field) {
        return fields.getFirst(field);
    }

    /** Everything that was ticked. */
    List<String> all(String field) {
        return fields.getOrDefault(field, List.of());
    }

    /** A text that must be there. */
    String text(String field, String missing, int longest) {
        String text = text(field);
        String typed = text == null ? "" : text.strip().replace("\r\n", "\n");
        mistakes.addIf(typed.isEmpty(), field, missing);
        mistakes.addIf(typed.length() > longest, field, "Ce texte est trop long (" + longest + " caractères au plus).");
        return typed;
    }

    /** What {@code parser} makes of a field that must be there. */
    <T> T parsed(String field, Function<String, T> parser, String message, T instead) {
        String text = text(field);
        try {
            return parser.apply(text == null ? "" : text.strip());
        } catch (DateTimeParseException | IllegalArgumentException e) {
            mistakes.add(field, message);
        } catch (Problem e) {
            e.mistakes().forEach(mistakes::add);
        }
        return instead;
    }

    /** A whole number between {@code least} and {@code most}. */
    int number(String field, int before, int least, int most) {
        String text = text(field);
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
        mistakes.add(field, "Un nombre entre " + least + " et " + most + " est attendu ici.");
        return before;
    }

    /** A number for each setting, whose field has its name. */
    public <S extends Enum<S> & Knob.Setting> Map<S, Integer> numbers(Class<S> all, ToIntFunction<S> before) {
        var numbers = new EnumMap<S, Integer>(all);
        for (S setting : all.getEnumConstants()) {
            Knob knob = setting.knob();
            numbers.put(setting, number(setting.name(), before.applyAsInt(setting), knob.least(), knob.most()));
        }
        return numbers;
    }

    /** A time of day between {@code earliest} and {@code latest}. */
    LocalTime time(String field, LocalTime before, LocalTime earliest, LocalTime latest) {
        String text = text(field);
        if (text == null) {
            return before;
        }
        try {
            LocalTime time = LocalTime.parse(text.strip());
            if (!time.isBefore(earliest) && !time.isAfter(latest)) {
                return time;
            }
        } catch (DateTimeParseException e) {
            // said below, like a time out of bounds
        }
        mistakes.add(field, "Une heure entre " + earliest + " et " + latest + " est attendue ici.");
        return before;
    }
}
