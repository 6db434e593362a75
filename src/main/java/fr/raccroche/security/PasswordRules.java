package fr.raccroche.security;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Which passwords people may choose: long ones that nobody would try first (ASVS 6.2.1, 6.2.4, 6.2.5, 6.2.9). */
final class PasswordRules {

    static final int SHORTEST = 12;
    static final int LONGEST = 128;

    private static final Set<String> COMMON = common();
    private static final List<String> KEYBOARD = List.of(
            "azertyuiop",
            "azertyuiopqsdfghjklmwxcvbn",
            "qsdfghjklm",
            "qwertyuiop",
            "qwertyuiopasdfghjklzxcvbnm",
            "asdfghjkl",
            "abcdefghijklmnopqrstuvwxyz",
            "0123456789",
            "1234567890");

    private PasswordRules() {}

    /** Why {@code password} is refused, in French, or null when it is good. */
    static @Nullable String refusal(String password, String email, String displayName) {
        int length = password.codePointCount(0, password.length());
        if (length < SHORTEST) {
            return "Le mot de passe doit compter au moins %d caractères. Une phrase courte convient très bien."
                    .formatted(SHORTEST);
        }
        if (length > LONGEST) {
            return "Le mot de passe ne peut pas dépasser %d caractères.".formatted(LONGEST);
        }
        String core = letters(password);
        if (isCommon(password, core)) {
            return "Ce mot de passe est trop courant ou trop régulier. Choisissez une suite de mots que vous seul connaissez.";
        }
        return mostlyMade(core, email, displayName)
                ? "Ce mot de passe ressemble à votre nom, à votre adresse ou au nom du logiciel. Choisissez-en un autre."
                : null;
    }

    private static boolean isCommon(String password, String core) {
        return COMMON.contains(password.toLowerCase(Locale.ROOT))
                || COMMON.contains(core)
                || core.chars().distinct().count() <= 4
                || KEYBOARD.stream().anyMatch(row -> isRun(core, row));
    }

    /** A walk along a row of keys, forwards or backwards, perhaps walked several times. */
    private static boolean isRun(String core, String row) {
        String twice = row + row + row;
        return twice.contains(core) || new StringBuilder(twice).reverse().indexOf(core) >= 0;
    }

    /** Nothing much is left once the words that everybody would try are taken away. */
    private static boolean mostlyMade(String core, String email, String displayName) {
        String rest = core;
        for (String word : wordsOf(email, displayName)) {
            rest = rest.replace(word, "");
        }
        return rest.length() < core.length() && rest.length() < SHORTEST / 2;
    }

    private static List<String> wordsOf(String email, String displayName) {
        return Stream.concat(Stream.of("raccroche"), Stream.of((email + " " + displayName).split("[^\\p{L}\\p{N}]+")))
                .map(PasswordRules::letters)
                .filter(word -> word.length() >= 3)
                .toList();
    }

    private static String letters(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFD)
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N}]", "");
    }

    private static Set<String> common() {
        try (var file = PasswordRules.class.getResourceAsStream("/common-passwords.txt")) {
            if (file == null) {
                throw new IllegalStateException("common-passwords.txt is missing");
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .collect(Collectors.toUnmodifiableSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
