package fr.raccroche.campaign;

import com.fasterxml.jackson.databind.JsonNode;
import fr.raccroche.platform.Json;
import java.time.LocalTime;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * When a campaign calls, as its row has it. A load of a list reads campaigns on a connection of its own and has to plan
 * first attempts like everybody else.
 *
 * @param plan numbers by name; what is missing has the product's default
 */
public record StoredPlan(
        String days,
        LocalTime opens1,
        LocalTime closes1,
        LocalTime opens2,
        LocalTime closes2,
        String blockedDays,
        String plan,
        int maxAttempts) {

    public AttemptPlan read(Json json) {
        return new AttemptPlan(hours(), maxAttempts, settings(json));
    }

    CallingHours hours() {
        return new CallingHours(
                CallingHours.readDays(days),
                List.of(new CallingHours.Span(opens1, closes1), new CallingHours.Span(opens2, closes2)),
                CallingHours.readBlocked(blockedDays));
    }

    PlanSettings settings(Json json) {
        JsonNode stored = json.tree(plan);
        Map<PlanSetting, Integer> values = new EnumMap<>(PlanSetting.class);
        for (PlanSetting setting : PlanSetting.values()) {
            values.put(setting, stored.path(setting.name()).asInt(setting.knob().usual()));
        }
        PlanSettings usual = PlanSettings.DEFAULT;
        JsonNode first = stored.path("first");
        return new PlanSettings(
                values,
                time(stored.path("afternoonFrom"), usual.afternoonFrom()),
                time(stored.path("eveningFrom"), usual.eveningFrom()),
                first.isMissingNode() ? usual.first() : first.isNull() ? null : DayPart.valueOf(first.asText()));
    }

    /** The settings as {@link #plan} keeps them. */
    static String write(Json json, PlanSettings settings) {
        var stored = json.object();
        settings.values().forEach((setting, value) -> stored.put(setting.name(), value));
        stored.put("afternoonFrom", settings.afternoonFrom().toString());
        stored.put("eveningFrom", settings.eveningFrom().toString());
        stored.put("first", settings.first() == null ? null : settings.first().name());
        return stored.toString();
    }

    static LocalTime time(JsonNode stored, LocalTime usual) {
        return stored.isTextual() ? LocalTime.parse(stored.asText()) : usual;
    }
}
