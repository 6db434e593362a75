package fr.raccroche.bench;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.dhatim.fastexcel.Workbook;

/**
 * Lists of fictional people, in any length and always the same.
 *
 * @param directory where the files go
 */
record BenchPeople(Path directory, LocalDate referenceDate) {

    /** {@code turn} moves the first rows to the end: the same people in another file. */
    Path text(int people, int turn) throws IOException {
        Path file = directory.resolve(people + "-" + turn + ".csv");
        try (var csv = new PrintWriter(Files.newBufferedWriter(file, StandardCharsets.UTF_8))) {
            csv.println(String.join(";", HEADER));
            for (int i = 0; i < people; i++) {
                csv.println(String.join(";", row((i + turn) % people)));
            }
        }
        return file;
    }

    Path workbook(int people) throws IOException {
        Path file = directory.resolve(people + ".xlsx");
        try (OutputStream out = Files.newOutputStream(file);
                var book = new Workbook(out, "Raccroche", "1.0")) {
            var sheet = book.newWorksheet("Liste");
            for (int column = 0; column < HEADER.size(); column++) {
                sheet.value(0, column, HEADER.get(column));
            }
            for (int i = 0; i < people; i++) {
                List<String> row = row(i);
                for (int column = 0; column < row.size(); column++) {
                    sheet.value(i + 1, column, row.get(column));
                }
                if (i % 1000 == 999) {
                    sheet.flush();
                }
            }
        }
        return file;
    }

    private static final List<String> HEADER = List.of(
            "ine",
            "numero_siei",
            "nom",
            "prenom",
            "date_naissance",
            "sexe",
            "uai_dernier_etablissement",
            "derniere_formation",
            "adresse",
            "code_postal",
            "commune",
            "code_insee",
            "tel_jeune",
            "tel_jeune_2",
            "courriel",
            "resp1_nom",
            "resp1_prenom",
            "resp1_tel",
            "resp1_code_insee",
            "resp2_nom",
            "resp2_prenom",
            "resp2_tel",
            "resp2_code_insee");

    /** A fictional person: most with an identifier, two to three numbers, one or two guardians. */
    private List<String> row(int i) {
        var random = new SplittableRandom(i);
        String name = name(random) + (i % 3 == 0 ? "-" + name(random) : "");
        String mobile = "06 39 98 %02d %02d".formatted(random.nextInt(100), random.nextInt(100));
        String home = "01 99 00 %02d %02d".formatted(random.nextInt(100), random.nextInt(100));
        LocalDate birth = referenceDate.minusYears(17).minusDays(random.nextInt(1400));
        String[] place = PLACES[random.nextInt(PLACES.length)];
        boolean second = i % 2 == 0;
        return List.of(
                i % 10 == 0 ? "" : "%09dAB".formatted(i),
                "S%08d".formatted(i),
                name.toUpperCase(Locale.ROOT),
                FIRST_NAMES[random.nextInt(FIRST_NAMES.length)],
                "%02d/%02d/%d".formatted(birth.getDayOfMonth(), birth.getMonthValue(), birth.getYear()),
                i % 2 == 0 ? "1" : "2",
                "",
                "CAP Cuisine",
                (1 + random.nextInt(120)) + " rue des Lilas",
                place[1],
                place[0],
                i % 3 == 0 ? "" : place[2],
                mobile,
                "",
                "",
                name,
                "Camille",
                home,
                place[2],
                second ? name : "",
                second ? "Dominique" : "",
                second ? "0639980%03d".formatted(random.nextInt(1000)) : "",
                "");
    }

    private static String name(RandomGenerator random) {
        return NAMES[random.nextInt(NAMES.length)] + ENDS[random.nextInt(ENDS.length)];
    }

    private static final String[] ENDS = {
        "", "", "el", "ier", "aux", "ot", "in", "ette", "ard", "eau", "ois", "ez", "ini", "ka", "oğlu", "ène"
    };

    private static final String[] NAMES = {
        "Martin",
        "Benali",
        "Durand",
        "Nguyen",
        "Da Silva",
        "Traoré",
        "Moreau",
        "Lefèvre",
        "Kaya",
        "Petit",
        "Roux",
        "Garnier",
        "Faure",
        "Mercier",
        "Blanc",
        "Guérin",
        "Boyer",
        "Chevalier",
        "Perrin",
        "Clément"
    };
    private static final String[] FIRST_NAMES = {
        "Lina",
        "Yanis",
        "Zoé",
        "Noé",
        "Inès",
        "Adam",
        "Léa",
        "Rayan",
        "Jade",
        "Hugo",
        "Sarah",
        "Jean-Noël",
        "Aya",
        "Théo"
    };
    private static final String[][] PLACES = {
        {"Saint-Denis", "93200", "93066"},
        {"MONTREUIL", "93100", "93048"},
        {"Évry-Courcouronnes", "91000", "91228"},
        {"Meaux", "77100", "77284"},
        {"Argenteuil", "95100", "95018"},
        {"Créteil", "94000", "94028"},
        {"Nanterre", "92000", "92050"},
        {"Mantes la Jolie", "78200", "78361"},
        {"Paris", "75018", "75118"}
    };
}
