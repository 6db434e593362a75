package fr.raccroche.list;

import static org.assertj.core.api.Assertions.assertThat;

import fr.raccroche.list.row.Column;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.jspecify.annotations.Nullable;

/** What holds for every file and every pair of versions, on a database of its own. */
class ListPropertiesTest {

    private static @Nullable TestingLoads loads;

    @BeforeContainer
    static void start() throws IOException, SQLException {
        loads = new TestingLoads();
    }

    @AfterContainer
    static void stop() throws IOException, SQLException {
        if (loads != null) {
            loads.close();
        }
    }

    @Property(tries = 20)
    void everyRowEndsAsExactlyOne(@ForAll("files") List<String> before, @ForAll("files") List<String> rows)
            throws Exception {
        loads().reset();
        var first = loads().load(file(before));
        var loaded = loads().load(file(rows), first.list(), true);

        assertSums(before, first.preview());
        Preview preview = loaded.preview();
        assertSums(rows, preview);
        assertThat(loads().number("select count(*) from rejected_row where load_id = :id", loaded.load()))
                .isEqualTo(preview.count().rejected());
        assertThat(loads().number("select count(*) from doubtful_row where version_id = :id", loaded.version()))
                .isEqualTo(preview.count().doubtful());
        assertThat(loads().number(
                                "select count(*) from list_entry where list_id = :id and withdrawn_by is null",
                                first.list()))
                .isEqualTo(preview.listed()
                        + preview.count().created()
                        + preview.count().joined()
                        + preview.count().back()
                        - preview.count().withdrawn());
    }

    private static void assertSums(List<String> rows, Preview preview) {
        assertThat(preview.count().rows()).isEqualTo(rows.size());
        assertThat(preview.count().accepted()
                        + preview.count().unchanged()
                        + preview.count().rejected()
                        + preview.count().doubtful()
                        + preview.count().lines())
                .isEqualTo(rows.size());
    }

    @Property(tries = 20)
    void loadingTwiceIsLoadingOnce(@ForAll("files") List<String> rows) throws Exception {
        assertLoadedOnce(rows);
    }

    /** Two lines of one person who may be the first one: one doubt at either load, though only the first load stages all. */
    @Example
    void linesOfSomebodyInDoubtAreOneDoubtWheneverLoaded() throws Exception {
        Preview preview = assertLoadedOnce(List.of(
                ";S2;Benali-Diallo;Lina;12/07/2008;2;;;;;;93066;06 39 98 00 01;;;;;01 99 00 00 01;;;;;;;;;;;;",
                ";;Lina;Benali;05/03/2009;2;;;;;;93066;06 39 98 00 01;;;;;;;;;;;;;;;;;",
                "000000001AA;S1;N'Guyen;Lina;12/07/2008;2;;;;;;93066;;;;;;;;;;;;;;;;;;",
                "000000001AA;S1;BÉNALI;Lina;12/07/2008;2;;;;;;99999;3919;;;;;;;;;;;;;;;;;",
                ";S2;Benali;Lina;hier;2;;;;;;93066;+32 470 12 34 56;;;;;;;;;;;;;;;;;",
                ";S2;Benali;Lina;05/03/2009;2;;;;;;93066;06 39 98 00 01;;;;;;;;;;;;;;;;;",
                ";S1;Benali;Lina;12/07/2008;2;;;;;;93066;;;;;;;;;;;;;;;;;;",
                ";;Lina;Benali;01/01/2015;2;;;;;;93059;+32 470 12 34 56;;;;;06 39 98 00 01;;;;;;;;;;;;",
                ";;Diallo;Lina;05/03/2009;2;;;;;;99999;06 39 98 00 01;;;;;;;;;;;;;;;;;",
                ";S2;Lina;Benali;05/03/2009;2;;;;;;93066;06 39 98 00 01;;;;;;;;;;;;;;;;;"));

        assertThat(preview.count().lines()).isPositive();
    }

    private static Preview assertLoadedOnce(List<String> rows) throws Exception {
        loads().reset();
        var first = loads().load(file(rows));
        var contents = loads().contents();

        var again = loads().load(file(rows).line(""), first.list(), true).preview();

        assertThat(loads().contents()).isEqualTo(contents);
        assertThat(again.count().accepted()).isZero();
        assertThat(again.count().withdrawn()).isZero();
        assertThat(again.count().rejected() + again.count().doubtful())
                .isEqualTo(first.preview().count().rejected()
                        + first.preview().count().doubtful());
        assertThat(again.count().lines()).isEqualTo(first.preview().count().lines());
        assertThat(again.count().unchanged()).isEqualTo(first.preview().count().accepted());
        return again;
    }

    @Property(tries = 20)
    void undoRestoresExactlyWhatWasBefore(
            @ForAll("files") List<String> before, @ForAll("files") List<String> rows, @ForAll boolean complete)
            throws Exception {
        loads().reset();
        var first = loads().load(file(before));
        loads().execute(TestingCampaigns.running(first.list()));
        var contents = loads().contents();

        var loaded = loads().load(file(rows), first.list(), complete);
        assertThat(loads().undo(loaded.load())).isNull();

        assertThat(loads().contents()).isEqualTo(contents);
        assertThat(loads().undo(first.load())).isNull();
        assertThat(loads().contents()).isEmpty();
    }

    /** A campaign begins between any two of them; what came after that is undone to the letter. */
    @Property(tries = 20)
    void anyNumberOfVersionsIsUndoneInTurn(
            @ForAll("versions") List<List<String>> versions, @ForAll @IntRange(min = 1, max = 3) int begins)
            throws Exception {
        loads().reset();
        long list = loads().load(file(versions.getFirst())).list();
        var undone = new ArrayDeque<Undone>();
        for (int i = 1; i < versions.size(); i++) {
            if (i == begins) {
                loads().execute(TestingCampaigns.running(list));
            }
            List<String> contents = loads().contents();
            long load = loads().load(file(versions.get(i)), list, i % 3 != 0).load();
            undone.push(new Undone(load, i >= begins, contents));
        }
        for (Undone version : undone) {
            assertThat(loads().undo(version.load())).isNull();
            if (version.campaign()) {
                assertThat(loads().contents()).isEqualTo(version.before());
            }
            assertThat(loads().number("""
                            select count(*) from campaign_youth c full join
                                   (select e.youth_id from list_entry e
                                     where e.withdrawn_by is null and exists (select from campaign)) e using (youth_id)
                             where (e.youth_id is null) <> (c.youth_id is null or c.withdrawn)"""))
                    .as("people called who are not on the list, or the other way round")
                    .isZero();
        }
    }

    private record Undone(long load, boolean campaign, List<String> before) {}

    @Provide
    Arbitrary<List<List<String>>> versions() {
        return files().list().ofMinSize(2).ofMaxSize(4);
    }

    private static TestingList file(List<String> rows) {
        var list = TestingList.empty();
        rows.forEach(list::line);
        return list;
    }

    @Provide
    Arbitrary<List<String>> files() {
        Arbitrary<String> row = Arbitraries.frequencyOf(
                Tuple.of(12, people()),
                Tuple.of(
                        1,
                        Arbitraries.of(
                                "trop;court",
                                "\"ouvert" + ";".repeat(Column.all().size()),
                                ";".repeat(Column.all().size() - 1) + "oui")));
        return row.list().ofMinSize(1).ofMaxSize(25);
    }

    /** Few names, dates and identifiers, so that people meet in every way. */
    private static Arbitrary<String> people() {
        return Combinators.combine(
                        Arbitraries.of("Benali", "BÉNALI", "Benali-Diallo", "Diallo", "", "N'Guyen", "Lina"),
                        Arbitraries.of("05/03/2009", "2009-03-05", "12/07/2008", "01/01/2015", "hier"),
                        Arbitraries.of("", "", "000000001AA", "000000002AA", "000000003AA", "faux"),
                        Arbitraries.of("", "", "S1", "S2"),
                        Arbitraries.of("06 39 98 00 01", "0639980002 / 0199000001", "3919", "", "+32 470 12 34 56"),
                        Arbitraries.of("93066", "93059", "99999", ""),
                        Arbitraries.of("", "01 99 00 00 01", "06 39 98 00 01"),
                        Arbitraries.of("", "", "", "", "oui"))
                .as((lastName, birth, ine, siei, phone, insee, guardian, withdrawn) -> {
                    Map<Column, String> cells = TestingList.sound(lastName);
                    cells.put(Column.PRENOM, lastName.equals("Lina") ? "Benali" : "Lina");
                    cells.put(Column.DATE_NAISSANCE, birth);
                    cells.put(Column.INE, ine);
                    cells.put(Column.NUMERO_SIEI, siei);
                    cells.put(Column.TEL_JEUNE, phone);
                    cells.put(Column.CODE_INSEE, insee);
                    cells.put(Column.RESP1_TEL, guardian);
                    cells.put(Column.RETRAIT, withdrawn);
                    return String.join(
                            ";", Column.all().stream().map(cells::get).toList());
                });
    }

    private static TestingLoads loads() {
        return Objects.requireNonNull(loads);
    }
}
