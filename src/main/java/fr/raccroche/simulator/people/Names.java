package fr.raccroche.simulator.people;

import java.util.List;
import java.util.Random;

/** First and last names for people who do not exist. */
final class Names {

    private final Random random;
    private final List<String[]> rows = Resources.rows("noms_prenoms_fr.csv");
    private final List<String> girls = pick("prenom", "F");
    private final List<String> boys = pick("prenom", "M");
    private final List<String> women = pick("prenom_adulte", "F");
    private final List<String> men = pick("prenom_adulte", "M");
    private final List<String> families = pick("nom", "");

    Names(Random random) {
        this.random = random;
    }

    String first(boolean female) {
        return any(female ? girls : boys);
    }

    String adult(boolean female) {
        return any(female ? women : men);
    }

    String last() {
        return any(families);
    }

    private String any(List<String> names) {
        return names.get(random.nextInt(names.size()));
    }

    private List<String> pick(String kind, String sex) {
        return rows.stream()
                .filter(row -> row[0].equals(kind) && row[1].equals(sex))
                .map(row -> row[2])
                .toList();
    }
}
