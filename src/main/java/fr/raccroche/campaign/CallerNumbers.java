package fr.raccroche.campaign;

import fr.raccroche.campaign.CallerNumber.Category;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The numbers that a campaign shows: which one a youth sees, and what the rules say of showing it. A youth sees the same
 * number throughout, so that they know it again and can ring back; the pool is used by shares; among geographic numbers
 * the youth's own département comes first, then their part of the country.
 */
public record CallerNumbers(List<Pooled> pool) {

    /** A number of the pool; {@code share} weighs it against the others. */
    public record Pooled(CallerNumber number, int share) {}

    /** What speaks against showing a number in a campaign. Each names its source on the page. */
    public enum Misfit {
        /** Automatic systems may not show territorial numbers (Arcep 2022-1583; Conseil d'État, 6 June 2024, 489787). */
        AUTOMATIC_TERRITORIAL,
        /** 06 and 07 are for one person calling another (Arcep 2022-1583). */
        AUTOMATIC_MOBILE,
        /** Only bodies on the list of the ministers (law 2025-594, article 16). */
        GENERAL_INTEREST_LISTED,
        /** Texts to many go out by an automatic system, and operators stop them when they come from 06 and 07. */
        TEXTS_FROM_MOBILE
    }

    /** One number that does not fit. */
    public record Warning(String e164, Misfit misfit) {}

    /** Where numbers of a zone were handed out, by its first digit. */
    private static final Map<Character, Set<String>> ZONES = Map.of(
            '1', Set.of("75", "77", "78", "91", "92", "93", "94", "95"),
            '2',
                    Set.of(
                            "14", "18", "22", "27", "28", "29", "35", "36", "37", "41", "44", "45", "49", "50", "53",
                            "56", "61", "72", "76", "85", "974", "976"),
            '3',
                    Set.of(
                            "02", "08", "10", "21", "25", "39", "51", "52", "54", "55", "57", "58", "59", "60", "62",
                            "67", "68", "70", "71", "80", "88", "89", "90"),
            '4',
                    Set.of(
                            "01", "03", "04", "05", "06", "07", "11", "13", "15", "26", "2A", "2B", "30", "34", "38",
                            "42", "43", "48", "63", "66", "69", "73", "74", "83", "84"),
            '5',
                    Set.of(
                            "09", "12", "16", "17", "19", "23", "24", "31", "32", "33", "40", "46", "47", "64", "65",
                            "79", "81", "82", "86", "87", "971", "972", "973"));

    public CallerNumbers {
        pool = List.copyOf(pool);
    }

    /**
     * The number that a youth sees.
     *
     * @param before the one that they saw last; it stays while the pool has it
     * @param departement where they live; null when nobody knows
     * @param youthId decides among numbers that fit as well, always in the same way
     * @return null when no number of the pool is active
     */
    public @Nullable String shownTo(long youthId, @Nullable String departement, @Nullable String before) {
        List<Pooled> active =
                pool.stream().filter(pooled -> pooled.number().active()).toList();
        if (before != null
                && active.stream()
                        .anyMatch(pooled -> before.equals(pooled.number().e164()))) {
            return before;
        }
        int nearest = active.stream()
                .mapToInt(pooled -> nearness(pooled.number(), departement))
                .max()
                .orElse(0);
        return active.stream()
                .filter(pooled -> nearness(pooled.number(), departement) == nearest)
                .min(Comparator.comparingDouble((Pooled pooled) -> draw(pooled, youthId))
                        .thenComparing(pooled -> pooled.number().e164()))
                .map(pooled -> pooled.number().e164())
                .orElse(null);
    }

    /** 2 for the same département, 1 for the same zone of the numbering plan, 0 otherwise. */
    private static int nearness(CallerNumber number, @Nullable String departement) {
        if (departement == null || number.category() != Category.GEOGRAPHIC) {
            return 0;
        }
        if (departement.equals(number.departement())) {
            return 2;
        }
        boolean inZone = number.e164().startsWith("+33")
                && ZONES.getOrDefault(number.e164().charAt(3), Set.of()).contains(departement);
        return inZone ? 1 : 0;
    }

    /** Each number waits for an exponential time of its own; the first wins. Numbers added later take only their share. */
    private static double draw(Pooled pooled, long youthId) {
        long hash =
                mix(youthId * 0x9E3779B97F4A7C15L ^ mix(pooled.number().e164().hashCode()));
        double even = ((hash >>> 11) + 1) * 0x1.0p-53;
        return -Math.log(even) / pooled.share();
    }

    /** The finalizer of SplitMix64. */
    private static long mix(long value) {
        long a = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        long b = (a ^ (a >>> 27)) * 0x94D049BB133111EBL;
        return b ^ (b >>> 31);
    }

    /** What does not fit the campaign, number by number, then its texts. Nothing is forbidden here, everything is said. */
    public List<Warning> warnings(Campaign.Mode mode, String smsSender) {
        var warnings = new ArrayList<Warning>();
        for (Pooled pooled : pool) {
            Misfit misfit = misfit(mode, pooled.number().category());
            if (pooled.number().active() && misfit != null) {
                warnings.add(new Warning(pooled.number().e164(), misfit));
            }
        }
        if (smsSender.startsWith("+") && CallerNumber.categoryOf(smsSender) == Category.MOBILE) {
            warnings.add(new Warning(smsSender, Misfit.TEXTS_FROM_MOBILE));
        }
        return List.copyOf(warnings);
    }

    /** Who reads a file and then calls is no automatic system; every other mode is one. */
    private static @Nullable Misfit misfit(Campaign.Mode mode, Category category) {
        boolean automatic = mode != Campaign.Mode.PREVIEW;
        return switch (category) {
            case GEOGRAPHIC -> automatic ? Misfit.AUTOMATIC_TERRITORIAL : null;
            case MOBILE -> automatic ? Misfit.AUTOMATIC_MOBILE : null;
            case GENERAL_INTEREST -> Misfit.GENERAL_INTEREST_LISTED;
            case POLYVALENT -> null;
        };
    }
}
