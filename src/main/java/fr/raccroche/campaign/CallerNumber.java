package fr.raccroche.campaign;

import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A number of the account that may be shown to youths.
 *
 * @param label what people call it
 * @param departement where it is at home, for a geographic one; null when nobody said
 * @param active whether it may be shown from now on; who was shown it before keeps it only while it is
 */
public record CallerNumber(
        String e164,
        Category category,
        String label,
        @Nullable String departement,
        boolean active) {

    /** What the French numbering plan says of a number (Arcep, decision 2022-1583). */
    public enum Category {
        /** 01 to 05, and 09 without verification: territorial; no automatic system may show it. */
        GEOGRAPHIC,
        /** Verified polyvalent numbers, made for automatic systems. */
        POLYVALENT,
        /** Reserved to the bodies on the ministerial list (law of 30 June 2025, article 16). */
        GENERAL_INTEREST,
        /** 06 and 07: from one person to another only. */
        MOBILE
    }

    private static final Pattern MOBILE =
            Pattern.compile("\\+33[67].*|\\+262(639|69[23]).*|\\+(590690|594694|596696).*");

    private static final Set<String> VERIFIED =
            Set.of("162", "163", "270", "271", "377", "378", "424", "425", "568", "569", "948", "949");

    /** 09475 to 09479, as they are dialled overseas and from abroad. */
    private static final Pattern VERIFIED_OVERSEAS = Pattern.compile("\\+(33|262|590|594|596)947[5-9].*");

    /** What the number's own beginning says; a number of general interest looks like any other. */
    public static Category categoryOf(String e164) {
        if (MOBILE.matcher(e164).matches()) {
            return Category.MOBILE;
        }
        boolean verified = VERIFIED_OVERSEAS.matcher(e164).matches()
                || (e164.startsWith("+33") && e164.length() > 6 && VERIFIED.contains(e164.substring(3, 6)));
        return verified ? Category.POLYVALENT : Category.GEOGRAPHIC;
    }

    /** Whether the number can be of this category: only that of general interest does not show. */
    public static boolean mayBe(String e164, Category category) {
        return category == Category.GENERAL_INTEREST || category == categoryOf(e164);
    }
}
