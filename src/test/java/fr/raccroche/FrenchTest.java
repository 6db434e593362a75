package fr.raccroche;

import static org.assertj.core.api.Assertions.assertThat;

import fr.raccroche.youth.PublicText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Where French sentences live (see CONTRIBUTING), read from the sources. */
class FrenchTest {

    private static final Path MAIN = Path.of("src", "main");
    private static final Path JAVA = MAIN.resolve(Path.of("java", "fr", "raccroche"));
    private static final Path MESSAGES = MAIN.resolve(Path.of("resources", "messages"));
    private static final Path TEMPLATES = MAIN.resolve(Path.of("resources", "templates"));

    private static final Pattern BUNDLE =
            Pattern.compile("@MessageBundle\\(\"(\\w+)\"\\)\\s+(?:public )?interface (\\w+)");
    private static final Pattern METHOD = Pattern.compile("String (\\w+)\\(([^)]*)\\);");
    private static final Pattern LITERAL = Pattern.compile("\"(?:[^\"\\\\\n]|\\\\.)*\"");

    /** With these we speak to somebody: no word of staff's pages is one. */
    private static final Pattern SPOKEN = Pattern.compile("Bonjour|Au revoir|Merci\\b|au revoir|à bientôt");

    /** Whoever looks at a phone by chance must not learn it. */
    private static final Pattern REASON = Pattern.compile("(?i)d[ée]croch(?:eu|age)|d[ée]scolaris|rupture");

    private record Bundle(String namespace, String name, Path file) {

        List<MatchResult> methods() {
            return METHOD.matcher(read(file)).results().toList();
        }

        /** How many templates and classes say this. */
        long users(String method, Map<Path, String> sources) {
            Pattern inTemplate = Pattern.compile("\\b" + namespace + ":" + method + "\\b");
            Pattern inClass = Pattern.compile("(?:\\.|::)" + method + "\\b");
            return sources.entrySet().stream()
                    .filter(source -> !source.getKey().equals(file))
                    .filter(source -> isTemplate(source.getKey())
                            ? inTemplate.matcher(source.getValue()).find()
                            : source.getValue().contains(name)
                                    && inClass.matcher(source.getValue()).find())
                    .count();
        }
    }

    @Test
    void aBundleNamesEnumConstantsOrSaysWhatSeveralPagesSay() {
        Map<Path, String> sources = sources();
        List<String> once = new ArrayList<>();
        for (Bundle bundle : bundles(sources)) {
            for (MatchResult method : bundle.methods()) {
                if (!isOfAnEnum(method.group(2)) && bundle.users(method.group(1), sources) < 2) {
                    once.add(bundle.namespace() + ":" + method.group(1));
                }
            }
        }
        assertThat(once).as("said in one place: write it there").allMatch(message -> message.startsWith("youth:"));
    }

    @Test
    void everySentenceToYouthsIsSaid() {
        Map<Path, String> sources = sources();
        Bundle youth = bundles(sources).stream()
                .filter(bundle -> bundle.namespace().equals("youth"))
                .findFirst()
                .orElseThrow();
        for (MatchResult method : youth.methods()) {
            String name = method.group(1);
            assertThat(youth.users(name, sources) > 0
                            || sources.values().stream().anyMatch(text -> text.contains("reviewed(\"" + name + "\"")))
                    .as("nobody says %s", name)
                    .isTrue();
        }
    }

    @Test
    void nobodySpeaksToYouthsInWordsOfTheirOwn() {
        sources().forEach((file, text) -> {
            if (!isTemplate(file) && !file.startsWith(JAVA.resolve("simulator"))) {
                assertThat(LITERAL.matcher(text).results().map(MatchResult::group))
                        .as("%s: what youths hear or read belongs into youth.properties", file)
                        .noneMatch(SPOKEN.asPredicate());
            }
        });
    }

    @Test
    void thePersonalPageHasNoWordsOfItsOwn() {
        sources().forEach((file, text) -> {
            if (file.startsWith(TEMPLATES.resolve("PersonalPages"))) {
                String words = text.replaceAll("\\{[^{}]*}", " ").replaceAll("<[^<>]*>", " ");
                assertThat(words.strip())
                        .as("%s: what youths read belongs into youth.properties", file)
                        .doesNotContainPattern("\\p{L}");
            }
        });
    }

    @Test
    void noSentenceToYouthsSaysWhyWeCall() {
        assertThat(read(MESSAGES.resolve("youth.properties")).lines())
                .filteredOn(line -> !line.startsWith("#"))
                .isNotEmpty()
                .noneMatch(REASON.asPredicate())
                .noneMatch(line -> new PublicText(line).tellsTheReason());
    }

    @Test
    void everyFileOfMessagesBelongsToABundle() {
        assertThat(files(MESSAGES, name -> name.endsWith(".properties")))
                .extracting(file -> file.getFileName().toString().replace(".properties", ""))
                .isSubsetOf(bundles(sources()).stream().map(Bundle::namespace).toList());
    }

    private static boolean isOfAnEnum(String parameters) {
        return parameters.matches("[A-Z][\\w.]* \\w+") && !parameters.startsWith("String ");
    }

    private static boolean isTemplate(Path file) {
        return file.startsWith(TEMPLATES);
    }

    private static List<Bundle> bundles(Map<Path, String> sources) {
        List<Bundle> found = new ArrayList<>();
        sources.forEach((file, text) ->
                BUNDLE.matcher(text).results().forEach(it -> found.add(new Bundle(it.group(1), it.group(2), file))));
        assertThat(found).hasSizeGreaterThan(3);
        return found;
    }

    private static Map<Path, String> sources() {
        Map<Path, String> all = new TreeMap<>();
        files(JAVA, name -> name.endsWith(".java")).forEach(file -> all.put(file, read(file)));
        files(TEMPLATES, name -> name.endsWith(".html")).forEach(file -> all.put(file, read(file)));
        return all;
    }

    private static List<Path> files(Path under, Predicate<String> wanted) {
        try (var walk = Files.walk(under)) {
            return walk.filter(file -> wanted.test(file.getFileName().toString()))
                    .toList();
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
}
