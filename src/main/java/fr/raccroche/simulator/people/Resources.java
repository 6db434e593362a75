package fr.raccroche.simulator.people;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/** Files that come with the simulator. */
public final class Resources {

    private Resources() {}

    /** The rows of a {@code ;} separated file without its header. */
    static List<String[]> rows(String name) {
        return text(name)
                .lines()
                .skip(1)
                .filter(line -> !line.isBlank())
                .map(line -> line.split(";", -1))
                .toList();
    }

    public static String text(String name) {
        try (InputStream file = Resources.class.getResourceAsStream("/simulator/" + name)) {
            if (file == null) {
                throw new IllegalStateException("Missing resource simulator/" + name);
            }
            return new String(file.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
