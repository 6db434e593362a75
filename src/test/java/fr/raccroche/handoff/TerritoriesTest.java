package fr.raccroche.handoff;

import static fr.raccroche.Blocking.answer;
import static org.assertj.core.api.Assertions.assertThat;

import fr.raccroche.ApplicationTest;
import fr.raccroche.directory.Directory;
import fr.raccroche.directory.Structure;
import fr.raccroche.directory.StructureKind;
import fr.raccroche.directory.Structures;
import fr.raccroche.handoff.Routing.Residences;
import fr.raccroche.handoff.Routing.Route;
import fr.raccroche.platform.Database;
import fr.raccroche.platform.Sql;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Handoffs over the territories that are delivered. */
@ApplicationTest
class TerritoriesTest {

    @Inject
    Database database;

    @Inject
    Directory directory;

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
        Structure structure = serving(kind, insee);

        assertThat(structure).isNotNull();
        assertThat(structure.code()).isEqualTo(code);
        assertThat(structure.fictional()).isEqualTo(kind != StructureKind.MISSION_LOCALE);
    }

    @Test
    void oneMissionLocaleMayCrossADepartement() {
        var essonne = serving(StructureKind.MISSION_LOCALE, "91228");
        var seineEtMarne = serving(StructureKind.MISSION_LOCALE, "77296");

        assertThat(essonne).isEqualTo(seineEtMarne);
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

        Structure structure = served(StructureKind.CIO, "99001");

        assertThat(structure).isNotNull();
        assertThat(structure.id()).isEqualTo(heir);
        inTransaction(
                sql -> sql.update("delete from territory where insee = '99001'").run());
        inTransaction(
                sql -> sql.update("delete from commune where insee = '99001'").run());
    }

    /** The structure of whoever lives in a commune, whose code may be one that a merger abolished. */
    private Structure serving(StructureKind kind, String insee) {
        return served(
                kind,
                Objects.requireNonNull(directory.communes().byInsee(insee)).insee());
    }

    private Structure served(StructureKind kind, String insee) {
        Route route = inTransaction(sql -> Routes.routing(sql, kind, new String[] {insee}))
                .decide(new Residences(insee, null, null));
        long id = Objects.requireNonNull(route.structureId());
        return Objects.requireNonNull(inTransaction(sql -> Structures.byId(sql, id)));
    }

    private long structure(String code, @Nullable Long successor) {
        return inTransaction(sql ->
                sql.query("""
                        insert into structure (kind, code, name, successor_id)
                        values ('CIO', :code, 'CIO fictif de test', cast(:successor as bigint)) returning id""").set("code", code).set("successor", successor).one(row -> row.id("id")));
    }

    private <T extends @Nullable Object> T inTransaction(Function<Sql, Uni<T>> work) {
        return answer(database.inTransaction(work));
    }
}
