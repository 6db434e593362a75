package fr.raccroche.platform;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.function.Function;

/**
 * JSON that we write ourselves and read back: what is unreadable is a fault of ours, never of a user. Files and requests
 * of others are read where their mistakes can be named.
 */
@ApplicationScoped
public class Json {

    private final ObjectMapper mapper;

    public Json(ObjectMapper mapper) {
        this.mapper = mapper;
    }

    /** @throws IllegalArgumentException when {@code value} has no form in JSON */
    public String write(Object value) {
        try {
            return mapper.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("Unwritable: " + value.getClass().getSimpleName(), e);
        }
    }

    /** @throws IllegalArgumentException when {@code text} is not a {@code type} */
    public <T> T read(String text, Class<T> type) {
        try {
            return mapper.readValue(text, type);
        } catch (JsonProcessingException e) {
            throw unreadable(type, e);
        }
    }

    /** @throws IllegalArgumentException when {@code text} is not JSON */
    public JsonNode tree(String text) {
        try {
            return mapper.readTree(text);
        } catch (JsonProcessingException e) {
            throw unreadable(JsonNode.class, e);
        }
    }

    /** Reads lists of {@code type}, one text after the other; made once, for where every read counts. */
    public <T> Function<String, List<T>> listsOf(Class<T> type) {
        ObjectReader reader = mapper.readerForListOf(type);
        return text -> {
            try {
                return reader.readValue(text);
            } catch (JsonProcessingException e) {
                throw unreadable(type, e);
            }
        };
    }

    /** An empty object to fill. */
    public ObjectNode object() {
        return mapper.createObjectNode();
    }

    private static IllegalArgumentException unreadable(Class<?> type, JsonProcessingException cause) {
        return new IllegalArgumentException("Unreadable " + type.getSimpleName(), cause);
    }
}
