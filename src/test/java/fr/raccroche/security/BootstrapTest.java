package fr.raccroche.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The part of Bootstrap that is sent has everything that a template or a script names. */
class BootstrapTest {

    private static final Path RESOURCES = Path.of("src", "main", "resources");
    private static final Pattern ATTRIBUTE = Pattern.compile("\\b(?:class|box)=\"([^\"]*)\"");
    private static final Pattern SCRIPTED = Pattern.compile("class(?:Name|List)[^;\\n]*");
    private static final Pattern NAME = Pattern.compile("(?<![\\w-])[a-z][\\w-]*");
    private static final Pattern CLASS = Pattern.compile("\\.(-?[A-Za-z_][\\w-]*)");

    private final String whole = whole();
    private final String part = Bootstrap.part(whole);

    @Test
    void everyClassThatAPageNamesIsKept() {
        Set<String> known = CLASS.matcher(whole.replaceAll("\\{[^{}]*}", "{}"))
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toSet());
        Set<String> named = new TreeSet<>();
        texts("templates", ".html")
                .forEach(text -> ATTRIBUTE
                        .matcher(text.replaceAll("\\{[^{}]*}", " "))
                        .results()
                        .forEach(found -> named.addAll(names(found.group(1)))));
        texts("META-INF/resources", ".js")
                .forEach(text -> SCRIPTED.matcher(text).results().forEach(found -> named.addAll(names(found.group()))));

        assertThat(named).hasSizeGreaterThan(100);
        assertThat(named)
                .filteredOn(known::contains)
                .as("classes of Bootstrap that Bootstrap.KEPT must name")
                .allMatch(Bootstrap::isKept);
    }

    @Test
    void whatIsKeptIsSmallAndWhole() {
        assertThat(part.length()).isLessThan(70_000);
        assertThat(part.chars().filter(c -> c == '{').count())
                .isEqualTo(part.chars().filter(c -> c == '}').count());
        assertThat(part)
                .startsWith(":root,[data-bs-theme=light]{")
                .contains(".btn-primary{", ".form-control{", "@media (min-width:768px){", ".visually-hidden", ".table>")
                .doesNotContain(".carousel", ".modal", ".tooltip", "{}");
    }

    private static Set<String> names(String text) {
        return NAME.matcher(text).results().map(found -> found.group()).collect(Collectors.toSet());
    }

    private static Stream<String> texts(String folder, String ending) {
        try (var files = Files.walk(RESOURCES.resolve(folder))) {
            return files.filter(file -> file.toString().endsWith(ending)).toList().stream()
                    .map(BootstrapTest::read);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String whole() {
        try (var stream =
                resource("META-INF/maven/org.mvnpm/bootstrap/pom.properties").openStream()) {
            var properties = new Properties();
            properties.load(stream);
            try (var css = resource("META-INF/resources/_static/bootstrap/" + properties.getProperty("version")
                            + "/dist/css/bootstrap.min.css")
                    .openStream()) {
                return new String(css.readAllBytes(), StandardCharsets.UTF_8);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static URL resource(String path) {
        return Objects.requireNonNull(BootstrapTest.class.getClassLoader().getResource(path));
    }
}
