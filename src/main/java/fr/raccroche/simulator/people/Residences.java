package fr.raccroche.simulator.people;

import java.util.List;
import java.util.Random;

/** The communes of Île-de-France, drawn in proportion to their inhabitants. */
final class Residences {

    private final Random random;
    private final List<Commune> communes =
            Resources.rows("communes_idf.csv").stream().map(Residences::commune).toList();
    private final int inhabitants =
            communes.stream().mapToInt(Commune::population).sum();

    Residences(Random random) {
        this.random = random;
    }

    Commune pick() {
        int draw = random.nextInt(inhabitants);
        for (Commune commune : communes) {
            draw -= commune.population();
            if (draw < 0) {
                return commune;
            }
        }
        throw new IllegalStateException("The draw is below the sum of all populations");
    }

    private static Commune commune(String[] row) {
        return new Commune(row[0], row[1], row[2], row[3].split("\\|", -1)[0], Integer.parseInt(row[4]));
    }
}
