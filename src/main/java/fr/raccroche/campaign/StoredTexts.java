package fr.raccroche.campaign;

import com.fasterxml.jackson.databind.JsonNode;
import fr.raccroche.platform.Json;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Map;

/** What a campaign writes, as its row has it: JSON, but for the template of the fallback, which has a column of its own. */
public final class StoredTexts {

    private StoredTexts() {}

    static String write(Json json, TextSettings settings) {
        var stored = json.object();
        for (TextKind kind : TextKind.values()) {
            var letter = stored.putObject(kind.name());
            letter.put("on", settings.isOn(kind));
            if (kind != TextKind.FALLBACK) {
                letter.put("template", settings.template(kind).text());
            }
        }
        settings.values().forEach((setting, value) -> stored.put(setting.name(), value));
        settings.fallbackAfter().forEach(stored.putArray("fallbackAfter")::add);
        CallingHours.Span span = settings.hours().spans().getFirst();
        stored.put("days", settings.hours().storedDays());
        stored.put("opens", span.opens().toString());
        stored.put("closes", span.closes().toString());
        stored.put("service", settings.service());
        return stored.toString();
    }

    /** What is not stored has the product's default: the fallback, and nothing else. */
    public static TextSettings read(Json json, String stored, String fallback) {
        JsonNode texts = json.tree(stored);
        Map<TextKind, TextSettings.Letter> letters = new EnumMap<>(TextKind.class);
        for (TextKind kind : TextKind.values()) {
            JsonNode letter = texts.path(kind.name());
            boolean isFallback = kind == TextKind.FALLBACK;
            letters.put(
                    kind,
                    new TextSettings.Letter(
                            letter.path("on").asBoolean(isFallback),
                            new TextTemplate(
                                    isFallback
                                            ? fallback
                                            : letter.path("template").asText(""))));
        }
        Map<TextSetting, Integer> values = new EnumMap<>(TextSetting.class);
        for (TextSetting setting : TextSetting.values()) {
            values.put(setting, texts.path(setting.name()).asInt(setting.knob().usual()));
        }
        var after = new ArrayList<Integer>();
        texts.path("fallbackAfter").forEach(n -> after.add(n.asInt()));
        CallingHours.Span span = TextSettings.HOURS.spans().getFirst();
        return new TextSettings(
                letters,
                values,
                texts.has("fallbackAfter") ? after : TextSettings.FALLBACK_AFTER,
                TextSettings.hours(
                        CallingHours.readDays(texts.path("days").asText(TextSettings.HOURS.storedDays())),
                        StoredPlan.time(texts.path("opens"), span.opens()),
                        StoredPlan.time(texts.path("closes"), span.closes())),
                texts.path("service").asText(TextSettings.SERVICE));
    }
}
