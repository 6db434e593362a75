package fr.raccroche.simulator.people;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** The numbers set aside for fiction (French numbering plan, article 2.5.12), each handed out once. */
final class Numbers {

    private static final int RANGE = 10_000;
    /** The first of each range belong to nobody, so that a campaign can show one of them. */
    private static final int KEPT_FOR_ACCOUNTS = 100;

    private static final String MOBILE = "+3363998";
    private static final List<String> LANDLINES = List.of("+3319900", "+3326191", "+3335301", "+3346571", "+3353649");

    private final Deque<String> mobiles;
    private final Deque<String> landlines;

    Numbers(Random random) {
        mobiles = shuffled(List.of(MOBILE), random);
        // the region's own range first, the others when it is used up
        landlines = shuffled(LANDLINES.subList(0, 1), random);
        landlines.addAll(shuffled(LANDLINES.subList(1, LANDLINES.size()), random));
    }

    static boolean isMobile(String number) {
        return number.startsWith("+336") || number.startsWith("+337");
    }

    int mobilesLeft() {
        return mobiles.size();
    }

    String mobile() {
        return mobiles.remove();
    }

    String landline() {
        return landlines.remove();
    }

    private static Deque<String> shuffled(List<String> prefixes, Random random) {
        var numbers = new ArrayList<String>();
        for (String prefix : prefixes) {
            IntStream.range(KEPT_FOR_ACCOUNTS, RANGE)
                    .mapToObj(i -> prefix + String.valueOf(RANGE + i).substring(1))
                    .forEach(numbers::add);
        }
        Collections.shuffle(numbers, random);
        return new ArrayDeque<>(numbers);
    }
}
