package fr.raccroche;

import fr.raccroche.platform.EmbeddedDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Turns command line and environment into the configuration of a node.
 *
 * @param database the embedded server that was started, if none is configured
 * @param properties configuration for the application
 * @param announcements lines for whoever started it
 */
record Setup(Optional<EmbeddedDatabase> database, Map<String, String> properties, List<String> announcements) {

    /** Reads everything and starts the embedded database when none is configured. */
    static Setup read(String[] args, Map<String, String> environment, Clock clock) throws IOException {
        var arguments = Arguments.read(args);
        var properties = new NodeProperties();
        var announcements = new ArrayList<String>();
        Path data = Path.of(arguments.values().getOrDefault("data", "var"));
        int port = arguments.number("port", 8080);
        String publicUrl = environment.getOrDefault("RACCROCHE_PUBLIC_URL", "http://localhost:" + port);
        properties.set("quarkus.http.port", port);
        properties.set("raccroche.public-url", publicUrl);
        Optional<EmbeddedDatabase> embedded = database(environment, data, properties);
        boolean simulated = new Telephony(environment, port, publicUrl, data, properties).decide();
        if (embedded.isPresent() && simulated) {
            new Demo(arguments, clock, data, properties, announcements).prepare();
        } else if (simulated) {
            announcements.add("No Twilio account is configured: calls are simulated, nobody's phone rings.");
        }
        return new Setup(embedded, properties.values(), List.copyOf(announcements));
    }

    private static Optional<EmbeddedDatabase> database(
            Map<String, String> environment, Path data, NodeProperties properties) throws IOException {
        String url = environment.get("RACCROCHE_DATABASE_URL");
        if (url != null && !url.isBlank()) {
            properties.set("raccroche.database.address", address(url));
            return Optional.empty();
        }
        var embedded = EmbeddedDatabase.start(data);
        properties.set("raccroche.database.address", embedded.address());
        return Optional.of(embedded);
    }

    /** {@code host:port/database}, from any of the usual spellings. */
    private static String address(String url) {
        String address = url.replaceFirst("^(jdbc:)?(postgres(ql)?|vertx-reactive:postgresql)://", "");
        if (!address.matches("[^/@\\s]+(:\\d+)?/[^/\\s]+")) {
            throw new Refused("RACCROCHE_DATABASE_URL must look like postgresql://host:5432/database"
                    + " (user and password go in RACCROCHE_DATABASE_USER and RACCROCHE_DATABASE_PASSWORD).");
        }
        return address.contains(":") ? address : address.replaceFirst("/", ":5432/");
    }
}
