package fr.raccroche.directory;

import static fr.raccroche.Blocking.await;
import static org.assertj.core.api.Assertions.assertThat;

import fr.raccroche.TestingNode;
import fr.raccroche.platform.Database;
import fr.raccroche.platform.Sql;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
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

@QuarkusTest
@QuarkusTestResource(TestingNode.class)
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

    @ParameterizedTest
    @CsvSource({
        "MISSION_LOCALE, 93066, 93066",
        "MISSION_LOCALE, 93059, 93066",
        "MISSION_LOCALE, 75118, 75119",
        "MISSION_LOCALE, 75056, 75119",
        "CIO, 93066, CIO-93066",
        "CIO, 93027, CIO-93",
        "CIO, 75118, CIO-75",
        "CIO, 75056, CIO-75",
        "PRIJ, 93066, PRIJ-200057867",
        "PRIJ, 95018, PRIJ-200057990",
        "PRIJ, 77284, PRIJ-77",
    })
    void everyCommuneHasItsStructures(StructureKind kind, String insee, String code) {
        var structure = inTransaction(sql -> Structures.forCommune(sql, kind, insee));

        assertThat(structure).isNotNull();
        assertThat(structure.code()).isEqualTo(code);
        assertThat(structure.fictional()).isEqualTo(kind != StructureKind.MISSION_LOCALE);
    }

    @Test
    void oneMissionLocaleMayCrossADepartement() {
        var essonne = inTransaction(sql -> Structures.forCommune(sql, StructureKind.MISSION_LOCALE, "91228"));
        var seineEtMarne = inTransaction(sql -> Structures.forCommune(sql, StructureKind.MISSION_LOCALE, "77296"));

        assertThat(essonne).isEqualTo(seineEtMarne);
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
    void aMergedStructureHandsOverToItsSuccessor() {
        long heir = structure("heir", null);
        long merged = structure("merged", heir);
        inTransaction(sql -> sql.update("""
                        insert into commune (insee, name, departement, academie, name_key)
                        values ('99001', 'Commune de test', '99', 'Test', 'commune de test')""").run());
        inTransaction(sql -> sql.update("insert into territory values (:id, '99001')")
                .set("id", merged)
                .run());

        var structure = inTransaction(sql -> Structures.forCommune(sql, StructureKind.CIO, "99001"));

        assertThat(structure).isNotNull();
        assertThat(structure.id()).isEqualTo(heir);
        inTransaction(
                sql -> sql.update("delete from territory where insee = '99001'").run());
        inTransaction(
                sql -> sql.update("delete from commune where insee = '99001'").run());
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

    private long structure(String code, @Nullable Long successor) {
        return inTransaction(sql ->
                sql.query("""
                        insert into structure (kind, code, name, successor_id)
                        values ('CIO', :code, 'CIO fictif de test', cast(:successor as bigint)) returning id""").set("code", code).set("successor", successor).one(row -> row.id("id")));
    }

    private <T> T inTransaction(Function<Sql, Uni<T>> work) {
        return await(database.inTransaction(work));
    }
}
