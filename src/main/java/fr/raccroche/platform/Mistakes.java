package fr.raccroche.platform;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** What is wrong in a form, all of it: a French sentence for each field, in the order in which they were found. */
public final class Mistakes {

    private final Map<String, String> byField = new LinkedHashMap<>();

    /** The first sentence about a field stays. */
    public void add(String field, String sentence) {
        byField.putIfAbsent(field, sentence);
    }

    /** Adds what somebody else found. */
    public void addAll(Mistakes others) {
        others.byField.forEach(this::add);
    }

    /** Adds the sentence about a field if it is {@code refused}. */
    public void addIf(boolean refused, String field, String sentence) {
        if (refused) {
            add(field, sentence);
        }
    }

    /** What a field says; if it makes no sense, its mistake is noted, and {@code instead} stands for it meanwhile. */
    public <T> T read(Supplier<T> reading, T instead) {
        try {
            return reading.get();
        } catch (Problem problem) {
            problem.mistakes().forEach(this::add);
            return instead;
        }
    }

    /** Whether there are none. */
    public boolean isEmpty() {
        return byField.isEmpty();
    }

    /** All of them, one after the other. */
    public String sentences() {
        return String.join(" ", byField.values());
    }

    /** @throws Problem 400 that names them all, if there are any */
    public void refuse() {
        if (!isEmpty()) {
            throw Problem.badForm(byField);
        }
    }
}
