package fr.raccroche.directory;

import fr.raccroche.youth.Identity;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Names of communes as different sources write them, made comparable. */
public final class PlaceName {

    private PlaceName() {}

    /** {@code St-Ouen l'Aumône} and {@code SAINT OUEN L'AUMONE} have the same key, {@code saint ouen l aumone}. */
    public static String key(String name) {
        String folded = Identity.fold(name);
        return folded.contains("st")
                ? Arrays.stream(folded.split(" ")).map(PlaceName::spelledOut).collect(Collectors.joining(" "))
                : folded;
    }

    private static String spelledOut(String word) {
        return switch (word) {
            case "st" -> "saint";
            case "ste" -> "sainte";
            default -> word;
        };
    }
}
