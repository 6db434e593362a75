package fr.raccroche.platform;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A statement with its values, for whichever connection runs it: {@link Sql} within a unit of work, JDBC within a load.
 * Values are parameters, {@code :name} in the text: a text with values in it would be another statement each time.
 */
public final class Statement {

    private final String text;
    private final Map<String, @Nullable Object> given;

    private Statement(String text, Map<String, @Nullable Object> given) {
        this.text = text;
        this.given = given;
    }

    public static Statement of(String text) {
        return new Statement(text, new HashMap<>());
    }

    public Statement set(String name, @Nullable Object value) {
        given.put(name, value);
        return this;
    }

    /** The same as a part of another statement, whose own values are set on what comes back. */
    public Statement within(String before, String after) {
        return new Statement(before + text + after, new HashMap<>(given));
    }

    String text() {
        return text;
    }

    Map<String, @Nullable Object> given() {
        return given;
    }

    /** The text with a question mark for each value, as JDBC takes it. */
    public String positional() {
        return forJdbc().text();
    }

    /** The values in the order of their question marks. */
    public @Nullable Object[] values() {
        return forJdbc().values(given);
    }

    private NamedText forJdbc() {
        return NamedText.of(text, place -> "?");
    }
}
