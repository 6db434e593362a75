package fr.raccroche.youth;

import java.util.Locale;

/** The name by which somebody is greeted: of several first names the one in front, with one capital for each of its parts. */
public final class GivenName {

    private GivenName() {}

    /** {@code Lina} for {@code LINA Marie}, {@code Jean-Luc} for {@code JEAN-LUC}; what has small letters is kept as it is. */
    public static String of(String firstNames) {
        String[] names = firstNames.strip().split("[\\s,;/]+", 2);
        String name = names[0];
        boolean capitals = name.codePoints().noneMatch(Character::isLowerCase);
        boolean small = name.codePoints().noneMatch(Character::isUpperCase);
        return name.length() > 1 && (capitals || small) ? capitalised(name) : name;
    }

    private static String capitalised(String name) {
        var all = new StringBuilder(name.length());
        boolean start = true;
        for (int c : name.toLowerCase(Locale.FRENCH).codePoints().toArray()) {
            all.appendCodePoint(start ? Character.toTitleCase(c) : c);
            start = !Character.isLetter(c) && Character.getType(c) != Character.NON_SPACING_MARK;
        }
        return all.toString();
    }
}
