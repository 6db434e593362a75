package fr.raccroche;

import fr.raccroche.platform.EmbeddedDatabase;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What all tests against the running application share: one embedded database, one business clock. */
public final class TestingNode implements QuarkusTestResourceLifecycleManager {

    private @Nullable EmbeddedDatabase database;

    @Override
    public Map<String, String> start() {
        try {
            Path directory = Files.createTempDirectory("raccroche-test");
            database = EmbeddedDatabase.start(directory);
            var config = new HashMap<String, String>();
            config.put("raccroche.database.address", database.address());
            config.put("raccroche.clock-file", directory.resolve("clock").toString());
            return config;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {
        try {
            if (database != null) {
                database.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
