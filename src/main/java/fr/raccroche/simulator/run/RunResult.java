package fr.raccroche.simulator.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a run ended.
 *
 * @param stalled what the run was waiting for when it gave up; empty if it came to its end
 */
public record RunResult(Map<String, Integer> states, Map<String, @Nullable Object> figures, Optional<String> stalled) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** One line of JSON. */
    public String json() {
        try {
            return JSON.writeValueAsString(figures);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Figures are numbers and names", e);
        }
    }

    /** The final states as a small table. */
    public String table() {
        var table = new StringBuilder();
        states.forEach((state, count) -> table.append("%-16s %,8d%n".formatted(state, count)));
        return table.toString();
    }
}
