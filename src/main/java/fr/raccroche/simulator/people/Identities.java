package fr.raccroche.simulator.people;

import java.text.Normalizer;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;

/** Draws what the list says of each youth: names, birth dates, the last training, and the numbers offices know them by. */
final class Identities {

    private static final int[] AGES = {16, 16, 16, 17, 17, 17, 17, 18, 18, 18, 18, 19, 19, 19, 20, 20, 21, 22, 23, 25};
    private static final List<String> TRAININGS = List.of(
            "CAP Métiers de la coiffure",
            "CAP Cuisine",
            "CAP Électricien",
            "CAP Équipier polyvalent du commerce",
            "CAP Accompagnant éducatif petite enfance",
            "CAP Maintenance des véhicules",
            "2de professionnelle Métiers de la relation client",
            "2de professionnelle Métiers du numérique",
            "1re professionnelle Commerce",
            "1re professionnelle ASSP",
            "Terminale professionnelle Logistique",
            "2de générale et technologique",
            "1re STMG",
            "1re générale",
            "Terminale STI2D",
            "3e prépa-métiers");
    private static final String UAI_LETTERS = "ABCDEFGHJKLMNPRSTUVWXYZ";

    private final Random random;
    private final LocalDate date;
    private final Names names;
    private final Set<String> known = new HashSet<>();

    /** {@code date} is the day on which ages are counted. */
    Identities(Random random, LocalDate date, Names names) {
        this.random = random;
        this.date = date;
        this.names = names;
    }

    /** Another youth of this family; no two have the same name and birth date. */
    Identity draw(int index, String lastName, String address, Commune commune, List<Guardian> guardians) {
        boolean female = random.nextInt(100) < 44;
        String firstName = names.first(female);
        LocalDate birth = birthDate();
        while (!known.add(lastName + firstName + birth)) {
            firstName = names.first(female);
            birth = birthDate();
        }
        return new Identity(
                ine(index),
                "SIEI-" + date.getYear() + "-" + "%06d".formatted(index + 1),
                lastName.toUpperCase(Locale.FRENCH),
                firstName,
                female,
                birth,
                uai(commune.department()),
                TRAININGS.get(random.nextInt(TRAININGS.size())),
                address,
                commune,
                random.nextInt(100) < 60 ? email(firstName, lastName, index) : "",
                guardians);
    }

    /** One in a hundred is under sixteen, and stays so for the length of a campaign. */
    private LocalDate birthDate() {
        if (random.nextInt(100) < 1) {
            return date.minusYears(14).minusDays(random.nextInt(210));
        }
        return date.minusYears(AGES[random.nextInt(AGES.length)]).minusDays(random.nextInt(365));
    }

    private String ine(int index) {
        return "%09d".formatted(100_000_000 + index * 7L + random.nextInt(7)) + letter() + letter();
    }

    private char letter() {
        return UAI_LETTERS.charAt(random.nextInt(UAI_LETTERS.length()));
    }

    /** Seven digits and their check letter: the digits modulo 23 point into an alphabet without I, O and Q. */
    private String uai(String department) {
        int number = Integer.parseInt(department) * 10_000 + random.nextInt(3_000);
        return "%07d".formatted(number) + UAI_LETTERS.charAt(number % UAI_LETTERS.length());
    }

    private static String email(String firstName, String lastName, int index) {
        String plain = Normalizer.normalize(firstName + "." + lastName, Normalizer.Form.NFD)
                .replaceAll("[^A-Za-z.]", "")
                .toLowerCase(Locale.ROOT);
        return plain + (index + 1) + "@exemple.fr";
    }
}
