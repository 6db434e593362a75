package fr.raccroche.campaign;

import fr.raccroche.platform.Problem;
import jakarta.ws.rs.core.MultivaluedMap;
import java.time.LocalTime;
import java.time.format.DateTimeParseException;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** The fields of a form of settings. One that is absent keeps its value; {@link Problem} 400 names one that makes no sense. */
public record SettingFields(MultivaluedMap<String, String> fields) {

    /** The text of a field as it was typed; null when it is absent. */
    @Nullable
    String text(String field) {
        return fields.getFirst(field);
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
        throw Problem.badRequest("bad-" + field, "Un nombre entre " + least + " et " + most + " est attendu ici.");
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
        throw Problem.badRequest(
                "bad-" + field, "Une heure entre " + earliest + " et " + latest + " est attendue ici.");
    }
}
