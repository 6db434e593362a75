package fr.raccroche.simulator;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the handlers need of an HTTP request; {@code segments} are the parts of the path. */
record Request(
        String method,
        List<String> segments,
        Form query,
        Form form,
        @Nullable String authorization,
        String uri) {

    boolean isPost() {
        return method.equals("POST");
    }

    boolean isGet() {
        return method.equals("GET");
    }

    boolean isDelete() {
        return method.equals("DELETE");
    }
}
