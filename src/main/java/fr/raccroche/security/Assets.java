package fr.raccroche.security;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/** Addresses of what browsers load; they change with the content, so that browsers may keep it. */
@ApplicationScoped
class Assets {

    private final String bootstrap =
            "/_static/bootstrap/%s/dist/css/bootstrap.min.css".formatted(version("org.mvnpm", "bootstrap"));
    private final String htmx =
            "/webjars/htmx.org/%s/dist/htmx.min.js".formatted(version("org.webjars.npm", "htmx.org"));
    private final ConcurrentMap<String, String> own = new ConcurrentHashMap<>();

    String bootstrap() {
        return bootstrap;
    }

    String htmx() {
        return htmx;
    }

    String own(String name) {
        return own.computeIfAbsent(name, Assets::withFingerprint);
    }

    private static String withFingerprint(String name) {
        try (var file = open("META-INF/resources/" + name)) {
            return "/%s?v=%s".formatted(name, HexFormat.of().toHexDigits(contentHash(file.readAllBytes())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int contentHash(byte[] content) {
        return new String(content, StandardCharsets.ISO_8859_1).hashCode();
    }

    /** The jar knows its version, so the build file stays the only place that names it. */
    private static String version(String group, String artifact) {
        try (var file = open("META-INF/maven/%s/%s/pom.properties".formatted(group, artifact))) {
            var properties = new Properties();
            properties.load(file);
            return properties.getProperty("version");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InputStream open(String path) throws IOException {
        @Nullable
        InputStream file = Thread.currentThread().getContextClassLoader().getResourceAsStream(path);
        if (file == null) {
            throw new IOException("Not on the class path: " + path);
        }
        return file;
    }
}
