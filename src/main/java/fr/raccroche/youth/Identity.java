package fr.raccroche.youth;

import java.text.Normalizer;
import java.util.Locale;

/** Names as different sources write them, made comparable. */
public final class Identity {

    private Identity() {}

    /**
     * The key under which a person is looked up together with the birth date: blind to case, accents, hyphens,
     * apostrophes and spaces. Last name first, {@code |} between the two.
     */
    public static String nameKey(String lastName, String firstName) {
        return fold(lastName) + '|' + fold(firstName);
    }

    /** Lower case without accents; whatever is neither letter nor digit becomes one space; no space at the ends. */
    public static String fold(String text) {
        var folded = new StringBuilder(text.length());
        String plain = isAscii(text) ? text : withoutAccents(text);
        boolean gap = false;
        for (int i = 0; i < plain.length(); i++) {
            char c = plain.charAt(i);
            if (!Character.isLetterOrDigit(c)) {
                gap = true;
                continue;
            }
            if (gap && !folded.isEmpty()) {
                folded.append(' ');
            }
            gap = false;
            folded.append(Character.toLowerCase(c));
        }
        return folded.toString();
    }

    private static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c < 128);
    }

    private static String withoutAccents(String text) {
        String apart = Normalizer.normalize(text, Normalizer.Form.NFKD).toLowerCase(Locale.ROOT);
        var plain = new StringBuilder(apart.length());
        for (int i = 0; i < apart.length(); i++) {
            char c = apart.charAt(i);
            switch (c) {
                case 'œ' -> plain.append("oe");
                case 'æ' -> plain.append("ae");
                case 'ø' -> plain.append('o');
                case 'ł' -> plain.append('l');
                case 'đ' -> plain.append('d');
                case 'ı' -> plain.append('i');
                default -> {
                    if (Character.getType(c) != Character.NON_SPACING_MARK) {
                        plain.append(c);
                    }
                }
            }
        }
        return plain.toString();
    }
}
