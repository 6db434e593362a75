package fr.raccroche;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** Passwords and keys of a demo: made once and kept beside the data, readable by their owner only. */
final class DemoSecrets {

    private static final SecureRandom RANDOM = new SecureRandom();

    private final Properties secrets;

    private DemoSecrets(Properties secrets) {
        this.secrets = secrets;
    }

    /** Reads those of this data directory, or makes them. */
    static DemoSecrets of(Path data) throws IOException {
        Path file = data.resolve("demo.properties");
        var secrets = new Properties();
        if (Files.exists(file)) {
            try (var in = Files.newInputStream(file)) {
                secrets.load(in);
            }
            return new DemoSecrets(secrets);
        }
        Files.createDirectories(data);
        secrets.setProperty("password", "demo-" + token(9));
        secrets.setProperty("account-sid", "AC" + hex());
        secrets.setProperty("auth-token", hex());
        secrets.setProperty("api-key-sid", "SK" + hex());
        secrets.setProperty("api-key-secret", hex());
        secrets.setProperty("application-sid", "AP" + hex());
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try (var out = Files.newOutputStream(file)) {
            secrets.store(out, "Demo only");
        }
        return new DemoSecrets(secrets);
    }

    /** The password of every demo account. */
    @Nullable
    String password() {
        return get("password");
    }

    @Nullable
    String get(String name) {
        return secrets.getProperty(name);
    }

    private static String hex() {
        var bytes = new byte[16];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private static String token(int length) {
        var bytes = new byte[length];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
