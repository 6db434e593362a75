package fr.raccroche.platform;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The text of a statement as the database takes it.
 *
 * @param text with places in place of names
 * @param names in the order of their places; a name may have several
 */
record NamedText(String text, List<String> names) {

    /** A name, or what is left as it is, or room. */
    private static final Pattern PARTS =
            Pattern.compile(":([A-Za-z]\\w*)|('[^']*'|\"[^\"]*\"|::|[^\\s:'\"-]+|[:-](?!-))|(?:--[^\n]*|\\s+)");

    /** With {@code $1}, {@code $2} and so on. */
    static NamedText of(String named) {
        return of(named, place -> "$" + place);
    }

    /** @param places how the place of a number, from 1 on, is written */
    static NamedText of(String named, IntFunction<String> places) {
        var names = new ArrayList<String>();
        String text = PARTS.matcher(named).replaceAll(part -> {
            if (part.group(1) == null) {
                return part.group(2) == null ? " " : Matcher.quoteReplacement(part.group(2));
            }
            names.add(part.group(1));
            return Matcher.quoteReplacement(places.apply(names.size()));
        });
        return new NamedText(text, List.copyOf(names));
    }

    /** The values in the order of their places; fails when one is missing or belongs nowhere. */
    Object[] values(Map<String, @Nullable Object> given) {
        if (!given.keySet().equals(Set.copyOf(names))) {
            throw new IllegalArgumentException("Parameters are %s, not %s".formatted(names, given.keySet()));
        }
        return names.stream().map(given::get).toArray();
    }
}
