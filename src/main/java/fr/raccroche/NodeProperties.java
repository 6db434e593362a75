package fr.raccroche;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The configuration of a node while it is put together. */
final class NodeProperties {

    private final Map<String, String> values = new HashMap<>();

    /** Leaves a property alone whose value is null. */
    void set(String name, @Nullable String value) {
        if (value != null) {
            values.put(name, value);
        }
    }

    void set(String name, int value) {
        values.put(name, Integer.toString(value));
    }

    Map<String, String> values() {
        return Map.copyOf(values);
    }
}
