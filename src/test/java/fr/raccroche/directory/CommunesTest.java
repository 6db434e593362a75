package fr.raccroche.directory;

import static org.assertj.core.api.Assertions.assertThat;

import fr.raccroche.directory.Residence.Way;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** With the directory that comes with the program. */
class CommunesTest {

    private static final Communes COMMUNES = communes();

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", emptyValue = "", textBlock = """
            93066 | ''                           | ''    | 93066 | CODE
            93066 | Saint-Denis                  | 93200 | 93066 | CODE
            93066 | ST DENIS CEDEX               | 93207 | 93066 | CODE
            93066 | Pierrefitte-sur-Seine        | 93380 | 93066 | CODE
            93059 | Pierrefitte-sur-Seine        | 93380 | 93066 | FORMER_CODE
            93059 | Montreuil                    | 93100 | 93066 | FORMER_CODE
            93066 | Montreuil                    | 93100 | 93066 | CONTRADICTED
            93066 | Paris                        | 75018 | 93066 | CONTRADICTED
            75056 | Saint-Denis                  | 93200 | 75056 | CONTRADICTED
            75118 | PARIS                        | 75018 | 75118 | CODE
            75118 | Paris 18e Arrondissement     | ''    | 75118 | CODE
            75118 | PARIS 17                     | ''    | 75118 | CONTRADICTED
            75056 | ''                           | ''    | 75056 | CODE
            75056 | Paris                        | 75000 | 75056 | CODE
            75056 | ''                           | 75018 | 75118 | NAME
            75056 | Paris                        | 75116 | 75116 | NAME
            75056 | PARIS 3EME                   | ''    | 75103 | NAME
            93200 | Saint-Denis                  | ''    | 93066 | NAME
            93200 | Saint-Denis                  | 93200 | 93066 | NAME
            77120 | Coulommiers                  | 77120 | 77131 | NAME
            77100 | Meaux                        | ''    | 77284 | NAME
            77100 | MEAUX CEDEX                  | 77334 | 77284 | NAME
            77100 | Le Châtelet-en-Brie          | 77820 | 77100 | CODE
            77100 | ''                           | ''    | 77100 | CODE
            77100 | ''                           | 77100 | -     | AMBIGUOUS
            77100 | Nulle-Part                   | 77100 | -     | AMBIGUOUS
            77100 | Melun                        | 77000 | 77100 | CONTRADICTED
            93999 | Saint-Denis                  | 93200 | 93066 | NAME
            93999 | Saint-Denis                  | ''    | 93066 | NAME
            93999 | ''                           | ''    | -     | UNKNOWN
            ''    | Paris                        | ''    | 75056 | NAME
            ''    | Paris                        | 75018 | 75118 | NAME
            ''    | PARIS 1ER                    | ''    | 75101 | NAME
            ''    | PARIS CEDEX 13               | 75647 | 75113 | NAME
            ''    | PARIS 13 CEDEX               | 75647 | 75113 | NAME
            ''    | 75018 Paris                  | ''    | 75118 | NAME
            ''    | Paris 75018                  | ''    | 75118 | NAME
            ''    | PARIS 17                     | 75018 | -     | AMBIGUOUS
            ''    | PARIS 21                     | ''    | -     | AMBIGUOUS
            ''    | Paris                        | 93200 | -     | AMBIGUOUS
            ''    | Saint-Denis                  | ''    | 93066 | NAME
            ''    | ST DENIS                     | 93200 | 93066 | NAME
            ''    | Saint Denis                  | 93100 | 93066 | NAME
            ''    | SAINT-DENIS CEDEX 2          | 93212 | 93066 | NAME
            ''    | 93200 SAINT DENIS            | ''    | 93066 | NAME
            ''    | Saint-Denis (93)             | ''    | 93066 | NAME
            ''    | Saint-Denis                  | 75018 | -     | AMBIGUOUS
            ''    | Saint-Denis                  | 97400 | -     | OUTSIDE
            97411 | Saint-Denis                  | ''    | -     | OUTSIDE
            ''    | Saint-Denis (97)             | ''    | -     | AMBIGUOUS
            ''    | EPINAY S/SEINE               | 93800 | 93031 | NAME
            ''    | AULNAY S/S BOIS              | 93600 | 93005 | NAME
            ''    | CLICHY S/ BOIS               | 93390 | 93014 | NAME
            ''    | COURNEUVE (LA)               | 93120 | 93027 | NAME
            ''    | HAY-LES-ROSES (L')           | ''    | 94038 | NAME
            ''    | MUREAUX (LES)                | 78130 | 78440 | NAME
            ''    | Blandy                       | ''    | -     | AMBIGUOUS
            ''    | Blandy                       | 77115 | 77034 | NAME
            ''    | Blandy                       | 91150 | 91067 | NAME
            ''    | Blandy (91)                  | ''    | 91067 | NAME
            ''    | Blandy                       | 93200 | -     | AMBIGUOUS
            ''    | Marolles-en-Brie             | 77120 | 77278 | NAME
            ''    | Marolles-en-Brie             | 94440 | 94048 | NAME
            ''    | Mondreville                  | 78980 | 78413 | NAME
            ''    | Mondreville                  | 77570 | 77297 | NAME
            ''    | Mondreville                  | ''    | -     | AMBIGUOUS
            ''    | Saint-Martin-des-Champs      | 78790 | 78565 | NAME
            ''    | ST MARTIN DES CHAMPS         | 77320 | 77423 | NAME
            ''    | St-Martin-des-Champs         | ''    | -     | AMBIGUOUS
            ''    | Lyon                         | 69003 | -     | OUTSIDE
            69383 | Lyon                         | 69003 | -     | OUTSIDE
            2A004 | Ajaccio                      | 20000 | -     | OUTSIDE
            ''    | Ajaccio                      | 20000 | -     | OUTSIDE
            99134 | Madrid                       | ''    | -     | OUTSIDE
            99999 | ''                           | ''    | -     | UNKNOWN
            ''    | Lyon                         | ''    | -     | UNKNOWN
            ''    | Sint-Denis                   | 93200 | -     | UNKNOWN
            ''    | ''                           | 93200 | -     | UNKNOWN
            ''    | ''                           | 75018 | 75118 | NAME
            ''    | ''                           | 69003 | -     | OUTSIDE
            ''    | ''                           | ''    | -     | MISSING
            """)
    void aResidenceIsFoundOnlyWhereOneCommuneCanBeMeant(
            String insee, String name, String postalCode, @Nullable String expected, Way way) {
        var residence = COMMUNES.locate(insee, name, postalCode);

        assertThat(residence.way()).isEqualTo(way);
        assertThat(residence.commune() == null ? null : residence.commune().insee())
                .isEqualTo(expected);
    }

    @Test
    void everyCommuneIsFoundByItsNameInCapitalsAndEachOfItsPostalCodes() throws IOException {
        for (String[] row : rows("communes.csv")) {
            for (String postalCode : row[4].split("\\|")) {
                if (!row[0].equals("75056")) {
                    assertThat(COMMUNES.locate("", PlaceName.key(row[1]).toUpperCase(Locale.ROOT), postalCode))
                            .as("%s %s", row[1], postalCode)
                            .extracting(found ->
                                    Objects.requireNonNull(found.commune()).insee())
                            .isEqualTo(row[0]);
                }
            }
            assertThat(COMMUNES.locate(row[0], row[1], "").way()).as(row[1]).isEqualTo(Way.CODE);
        }
    }

    @Test
    void everyAbolishedCodeLeadsToACommune() throws IOException {
        for (String[] row : rows("anciens_codes.csv")) {
            assertThat(COMMUNES.byInsee(row[0])).as(row[0]).isNotNull();
        }
    }

    private static Communes communes() {
        try {
            var communes = new ArrayList<Commune>();
            var postalCodes = new HashMap<String, List<String>>();
            for (String[] row : rows("communes.csv")) {
                communes.add(new Commune(row[0], row[1], row[2]));
                postalCodes.put(row[0], List.of(row[4].split("\\|")));
            }
            Map<String, String> former =
                    rows("anciens_codes.csv").stream().collect(Collectors.toMap(row -> row[0], row -> row[1]));
            return new Communes(communes, postalCodes, former);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String[]> rows(String file) throws IOException {
        try (var stream = Objects.requireNonNull(Communes.class.getResourceAsStream("/directory/" + file))) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .skip(1)
                    .map(line -> line.split(";"))
                    .toList();
        }
    }
}
