package fr.raccroche.directory;

import static fr.raccroche.Blocking.answer;
import static org.assertj.core.api.Assertions.assertThat;

import fr.raccroche.ApplicationTest;
import fr.raccroche.platform.Database;
import fr.raccroche.platform.Sql;
import io.agroal.api.AgroalDataSource;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ApplicationTest
class DirectoryTest {

    @Inject
    Database database;

    @Inject
    AgroalDataSource source;

    @Inject
    Directory directory;

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            93066 | -                      | -     | 93066
            93059 | -                      | -     | 93066
            75056 | -                      | -     | 75056
            75118 | -                      | -     | 75118
            93066 | Montreuil              | 93100 | 93066
            99999 | Saint-Denis            | 93200 | 93066
            -     | ST DENIS               | 93200 | 93066
            -     | Saint-Denis            | -     | 93066
            -     | Saint-Denis            | 97400 | -
            -     | SAINT DENIS CEDEX      | 93207 | 93066
            -     | Marolles-en-Brie       | 77120 | 77278
            -     | Marolles-en-Brie       | 94440 | 94048
            -     | Marolles-en-Brie       | 75001 | -
            -     | Paris                  | 75018 | 75118
            -     | PARIS 16               | 75116 | 75116
            -     | -                      | 93200 | -
            """)
    void aResidenceResolvesToOneCommuneOrNone(
            @Nullable String insee, @Nullable String name, @Nullable String postalCode, @Nullable String expected) {
        Commune commune = directory.communes().resolve(insee, name, postalCode);

        assertThat(commune == null ? null : commune.insee()).isEqualTo(expected);
    }

    @Test
    void territoriesOfOneKindAreDisjointAndCoverEveryCommune() throws IOException {
        var communes = lines("communes.csv").map(line -> line.split(";")[0]).toList();
        for (StructureKind kind : StructureKind.values()) {
            assertThat(lines("territoires.csv")
                            .filter(line -> line.startsWith(kind + ";"))
                            .map(line -> line.split(";")[2]))
                    .as("communes of %s", kind)
                    .containsExactlyInAnyOrderElementsOf(communes);
        }
    }

    @Test
    void structuresAreFoundWithoutAccents() {
        assertThat(this.<List<Structure>>inTransaction(
                        sql -> Structures.search(sql, StructureKind.MISSION_LOCALE, "evry")))
                .isEmpty();
        assertThat(this.<List<Structure>>inTransaction(
                        sql -> Structures.search(sql, StructureKind.MISSION_LOCALE, "ETAMPES")))
                .extracting(Structure::name)
                .containsExactly("Mission locale d'Étampes");
        assertThat(missionsLocales()).hasSize(59);
    }

    @Test
    void loadingAgainAddsNothing() throws Exception {
        try (var connection = source.getConnection()) {
            DirectoryLoad.ifEmpty(connection);
        }

        assertThat(missionsLocales()).hasSize(59);
    }

    private List<Structure> missionsLocales() {
        List<Structure> all = inTransaction(sql -> Structures.open(sql, StructureKind.MISSION_LOCALE));
        return all.stream().filter(structure -> !structure.fictional()).toList();
    }

    private static Stream<String> lines(String file) throws IOException {
        try (var stream = Objects.requireNonNull(Directory.class.getResourceAsStream("/directory/" + file))) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .skip(1);
        }
    }

    private <T> T inTransaction(Function<Sql, Uni<T>> work) {
        return answer(database.inTransaction(work));
    }
}
