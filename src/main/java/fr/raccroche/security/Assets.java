package fr.raccroche.security;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
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

    private static final String BOOTSTRAP = "/style/bootstrap.css";
    private static final String FOR_A_YEAR = "public, max-age=31536000, immutable";

    private final String bootstrapPart =
            Bootstrap.part(text("META-INF/resources/_static/bootstrap/%s/dist/css/bootstrap.min.css"
                    .formatted(version("org.mvnpm", "bootstrap"))));
    private final String bootstrap = fingerprinted(BOOTSTRAP, bootstrapPart);
    private final String htmx =
            "/webjars/htmx.org/%s/dist/htmx.min.js".formatted(version("org.webjars.npm", "htmx.org"));
    private final ConcurrentMap<String, String> own = new ConcurrentHashMap<>();

    void register(@Observes Router router) {
        router.get(BOOTSTRAP).handler(this::sendBootstrap);
    }

    private void sendBootstrap(RoutingContext request) {
        request.response()
                .headers()
                .remove("Content-Encoding")
                .set("Content-Type", "text/css;charset=UTF-8")
                .set("Cache-Control", FOR_A_YEAR);
        request.end(bootstrapPart);
    }

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
        return fingerprinted("/" + name, text("META-INF/resources/" + name));
    }

    private static String fingerprinted(String path, String content) {
        return "%s?v=%s".formatted(path, HexFormat.of().toHexDigits(content.hashCode()));
    }

    private static String text(String path) {
        try (var file = open(path)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
