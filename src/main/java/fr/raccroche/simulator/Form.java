package fr.raccroche.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The fields of an {@code application/x-www-form-urlencoded} body or query, repeated names kept. */
public record Form(Map<String, List<String>> fields) {

    static final Form EMPTY = new Form(Map.of());

    public static Form parse(String encoded) {
        var fields = new LinkedHashMap<String, List<String>>();
        for (String pair : encoded.split("&", -1)) {
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                String name = equals < 0 ? pair : pair.substring(0, equals);
                String value = equals < 0 ? "" : pair.substring(equals + 1);
                fields.computeIfAbsent(decode(name), key -> new ArrayList<>()).add(decode(value));
            }
        }
        return new Form(fields);
    }

    public static String encode(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> encode(field.getKey()) + "=" + encode(field.getValue()))
                .collect(Collectors.joining("&"));
    }

    /** The first non-empty value. */
    public Optional<String> get(String name) {
        return all(name).stream().filter(value -> !value.isEmpty()).findFirst();
    }

    List<String> all(String name) {
        return fields.getOrDefault(name, List.of());
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, UTF_8);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, UTF_8);
    }
}
