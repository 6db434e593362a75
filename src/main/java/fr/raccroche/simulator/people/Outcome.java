package fr.raccroche.simulator.people;

import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a good agent notes after a call: the fields of the outcome form, named as the form names them. */
public record Outcome(Map<String, String> fields) {

    public static Outcome of(String code) {
        return new Outcome(Map.of("outcome", code));
    }

    public static Outcome interrupted() {
        return of("INTERRUPTED");
    }

    static Outcome inSolution(Solution solution) {
        return of("IN_SOLUTION").with("solution", solution.name());
    }

    static Outcome referral(String structureKind, String agreedBy) {
        return of("REFERRAL").with("structureKind", structureKind).with("agreedBy", agreedBy);
    }

    static Outcome callback(LocalDateTime at) {
        return of("CALLBACK").with("callbackAt", at.toString());
    }

    public String code() {
        return fields.getOrDefault("outcome", "");
    }

    public String field(String name) {
        return fields.getOrDefault(name, "");
    }

    private Outcome with(String name, String value) {
        var more = new LinkedHashMap<>(fields);
        more.put(name, value);
        return new Outcome(more);
    }
}
