package fr.raccroche.simulator.people;

import java.util.List;
import java.util.Random;

/** A value that falls to this share of people. */
record Share<T>(T value, double percent) {

    /** One of the values, each as often as its share says. */
    static <T> T draw(List<Share<T>> shares, Random random) {
        double left = random.nextDouble()
                * shares.stream().mapToDouble(Share::percent).sum();
        for (Share<T> share : shares) {
            left -= share.percent;
            if (left < 0) {
                return share.value;
            }
        }
        return shares.getLast().value;
    }
}
