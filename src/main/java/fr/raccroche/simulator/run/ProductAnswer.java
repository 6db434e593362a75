package fr.raccroche.simulator.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** An answer that is neither a server error nor a lost session. */
record ProductAnswer(int status, String location, String body) {

    private static final ObjectMapper JSON = new ObjectMapper();

    boolean isSuccess() {
        return status >= 200 && status < 400;
    }

    /** The last part of the address the product sent us to. */
    long idInLocation() {
        return Long.parseLong(location.substring(location.lastIndexOf('/') + 1));
    }

    JsonNode json() {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Not JSON, status " + status, e);
        }
    }
}
