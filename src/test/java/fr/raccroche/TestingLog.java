package fr.raccroche;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Fails a test during which the application logged an error, unless a test of the class said that it provokes it. */
public final class TestingLog implements BeforeAllCallback, AfterEachCallback, AfterAllCallback {

    private static final Queue<String> ERRORS = new ConcurrentLinkedQueue<>();
    private static final Queue<String> EXPECTED = new ConcurrentLinkedQueue<>();
    private static final Logger ROOT = Logger.getLogger("");
    private static final Handler COLLECTOR = new Collector();

    /** From now on, and until its class has ended, a test may provoke errors that contain {@code words}. */
    public static void expects(String words) {
        EXPECTED.add(words);
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        ROOT.removeHandler(COLLECTOR);
        ROOT.addHandler(COLLECTOR);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        check();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        check();
        EXPECTED.clear();
    }

    private static void check() {
        List<String> unexpected = new ArrayList<>();
        for (String error = ERRORS.poll(); error != null; error = ERRORS.poll()) {
            if (EXPECTED.stream().noneMatch(error::contains)) {
                unexpected.add(error);
            }
        }
        assertThat(unexpected)
                .as("errors in the application's log that no test provoked")
                .isEmpty();
    }

    private static final class Collector extends Handler {

        private static final Formatter FORMATTER = new PatternFormatter("%c: %s%e%n");

        @Override
        public void publish(LogRecord record) {
            if (record.getLevel().intValue() >= Level.SEVERE.intValue()) {
                ERRORS.add(FORMATTER.format(record));
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
