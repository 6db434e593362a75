package fr.raccroche.list;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import fr.raccroche.list.row.Column;
import fr.raccroche.list.table.Refused;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a load does to people, lists and queues, on a database of its own. */
class LoadRunTest {

    private static @Nullable TestingLoads loads;

    @BeforeAll
    static void start() throws IOException, SQLException {
        loads = new TestingLoads();
    }

    @AfterAll
    static void stop() throws IOException, SQLException {
        loads().close();
    }

    @BeforeEach
    void reset() throws SQLException {
        loads().reset();
    }

    @Test
    void aRowBecomesAYouthWithNumbersAndGuardians() throws Exception {
        var cells = TestingList.sound("Benali", Column.RESP1_TEL, "01 99 00 12 34");
        cells.put(Column.RESP1_NOM, "Benali");
        cells.put(Column.RESP2_CODE_INSEE, "93059");
        cells.put(Column.ADRESSE, "\"1 rue\\tab\n\\N\"");

        loads().load(TestingList.empty().row(cells));

        assertThat(texts("select concat_ws('/', last_name, birth_date, sex, commune_insee, address) from youth"))
                .containsExactly("Benali/2009-03-05/F/93066/1 rue\\tab\n\\N");
        assertThat(texts("select concat_ws('/', e164, owner, rank, state) from phone_number order by rank"))
                .containsExactly("+33639981234/YOUTH/1/UNTRIED", "+33199001234/GUARDIAN1/2/UNTRIED");
        assertThat(texts("select concat_ws('/', rank, last_name, commune_insee) from legal_guardian order by rank"))
                .containsExactly("1/Benali", "2/93066");
    }

    @Test
    void aNewerVersionSaysWhatIsNewChangedUnchangedAndWithdrawn() throws Exception {
        var first = loads().load(TestingList.empty()
                .person("Un")
                .person("Deux")
                .person("Trois")
                .person("Quatre"));

        Preview preview = loads().load(
                        TestingList.empty()
                                .person("Cinq")
                                .row(TestingList.sound("Deux", Column.ADRESSE, "2 rue Neuve"))
                                .person("Un")
                                .line("trop;court")
                                .row(TestingList.sound("Trois", Column.TEL_JEUNE, "")),
                        first.list(),
                        true)
                .preview();

        assertThat(List.of(
                        preview.count().created(),
                        preview.count().changed(),
                        preview.count().unchanged(),
                        preview.count().withdrawn()))
                .containsExactly(1, 1, 1, 1);
        assertThat(preview.count().rejected())
                .as("the short line and the one without a number")
                .isEqualTo(2);
        assertThat(preview.samples())
                .extracting(PreviewSample::kind, PreviewSample::lastName, PreviewSample::detail)
                .contains(
                        tuple(SampleKind.NEW, "Cinq", ""),
                        tuple(SampleKind.CHANGED, "Deux", "adresse"),
                        tuple(SampleKind.WITHDRAWN, "Quatre", ""));
        assertThat(listed(first.list()))
                .as("who stands on a rejected row stays")
                .containsExactly("Cinq", "Deux", "Trois", "Un");
        assertThat(texts("select address from youth where last_name = 'Deux'")).containsExactly("2 rue Neuve");
    }

    @Test
    void anAdditionWithdrawsNobodyButWhomItNames() throws Exception {
        var first = loads().load(TestingList.empty().person("Un").person("Deux"));

        loads().load(
                        TestingList.empty()
                                .person("Trois")
                                .row(TestingList.sound("Deux", Column.RETRAIT, "oui"))
                                .row(TestingList.sound("Inconnu", Column.RETRAIT, "oui")),
                        first.list(),
                        false);

        assertThat(listed(first.list())).containsExactly("Trois", "Un");
        assertThat(texts("select reason from rejected_row")).containsExactly("NOT_ON_LIST");
    }

    @Test
    void whoIsWithdrawnLeavesTheQueueAtOnceButNoCallIsCut() throws Exception {
        var first = loads().load(
                        TestingList.empty().person("Attend").person("Parle").person("Reste"));
        loads().execute(TestingCampaigns.running(first.list()));
        loads().execute("""
                update campaign_youth set state = 'IN_CALL', next_attempt_at = null
                 where youth_id = (select id from youth where last_name = 'Parle')""");

        var second = loads().load(TestingList.empty().person("Reste").person("Nouveau"), first.list(), true);

        assertThat(places())
                .containsExactly("Attend WITHDRAWN t", "Nouveau TO_CALL f", "Parle IN_CALL t", "Reste TO_CALL f");
        loads().load(TestingList.empty().person("Reste").person("Nouveau").person("Attend"), first.list(), true);
        assertThat(places())
                .containsExactly("Attend TO_CALL f", "Nouveau TO_CALL f", "Parle IN_CALL t", "Reste TO_CALL f");
        assertThat(loads().undo(second.load())).isEqualTo(Merge.Obstacle.BUILT_ON);
    }

    @Test
    void aVersionIsUndoneUntilItsFirstCall() throws Exception {
        var first = loads().load(TestingList.empty().person("Un"));
        loads().execute(TestingCampaigns.running(first.list()));
        var second = loads().load(TestingList.empty().person("Un").person("Deux"), first.list(), true);
        loads().execute("""
                insert into account (email, display_name, password_hash, role)
                values ('agent@essai.example', 'Alex', '', 'AGENT') on conflict do nothing;
                insert into call_attempt (campaign_id, youth_id, agent_id, phone_id, e164, n, state, token, action_id,
                       planned_at)
                select c.campaign_id, y.id, a.id, p.id, p.e164, 1, 'INTENT', 't', 'a', '2026-11-24T09:00:00Z'
                  from youth y join campaign_youth c on c.youth_id = y.id join phone_number p on p.youth_id = y.id,
                       account a
                 where y.last_name = 'Deux' and a.email = 'agent@essai.example'""");

        assertThat(loads().undo(second.load())).isEqualTo(Merge.Obstacle.CALLED);
        assertThat(listed(first.list())).containsExactly("Deux", "Un");
    }

    @Test
    void whoIsInUseElsewhereKeepsAVersionFromBeingUndone() throws Exception {
        var first = loads().load(TestingList.empty().person("Un"));
        var other = loads().load(TestingList.empty().person("Un").person("Deux"));

        assertThat(loads().undo(first.load())).isEqualTo(Merge.Obstacle.BUILT_ON);
        loads().execute("insert into objection (youth_id, channel, at) select id, 'OTHER', now() from youth"
                + " where last_name = 'Deux'");
        assertThatThrownBy(() -> loads().undo(other.load()))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("23503"));
        loads().execute("delete from objection");
        assertThat(loads().undo(other.load())).isNull();
        assertThat(loads().undo(first.load())).isNull();
        assertThat(texts("select last_name from youth")).isEmpty();
    }

    @Test
    void aKnownYouthIsRecognisedAndKeepsWhatIsKnown() throws Exception {
        loads().load(TestingList.empty().row(TestingList.sound("Benali", Column.INE, "000000001AA")));
        loads().execute("update phone_number set state = 'WRONG'");
        var cells = TestingList.sound("BÉNALI", Column.TEL_JEUNE, "06 39 98 77 77");
        cells.put(Column.TEL_JEUNE_2, "06 39 98 12 34");

        Preview preview = loads().load(TestingList.empty().row(cells)).preview();

        assertThat(preview.count().joined()).isOne();
        assertThat(texts("select ine from youth")).containsExactly("000000001AA");
        assertThat(texts("select e164 || ' ' || state from phone_number order by rank"))
                .containsExactly("+33639987777 UNTRIED", "+33639981234 WRONG");
    }

    @Test
    void whoAStructureFollowsAlreadyIsNotCalled() throws Exception {
        var first = loads().load(TestingList.empty().person("Suivi"));
        loads().execute(TestingCampaigns.running(first.list()));
        loads().execute(TestingCampaigns.openHandoff("Suivi"));
        var other = loads().load(TestingList.empty().person("Autre"));
        loads().execute(TestingCampaigns.running(other.list()));

        Preview preview = loads().load(TestingList.empty().person("Autre").person("Suivi"), other.list(), true)
                .preview();

        assertThat(preview.count().followed()).isOne();
        assertThat(texts("""
                select c.state from campaign_youth c join campaign k on k.id = c.campaign_id
                  join youth y on y.id = c.youth_id where y.last_name = 'Suivi' and k.list_id = :id""", other.list())).containsExactly("ALREADY_FOLLOWED");
    }

    @ParameterizedTest
    @CsvSource({
        "Martin-Durand, Lina, Martin, Lina, PARTIAL_NAME",
        "Benali, Lina, Benalli, Lina, SIMILAR_NAME",
    })
    void whoMayBeSomebodyKnownIsLeftToASupervisor(
            String known, String knownFirst, String last, String first, String doubt) throws Exception {
        var earlier = TestingList.sound(known, Column.PRENOM, knownFirst);
        loads().load(TestingList.empty().row(earlier));

        var loaded = loads().load(TestingList.empty().row(TestingList.sound(last, Column.PRENOM, first)));

        assertThat(loaded.preview().count().doubtful()).isOne();
        assertThat(texts("select reason from doubtful_row where state = 'OPEN'"))
                .containsExactly(doubt);
        assertThat(texts("select last_name from youth")).containsExactly(known);
    }

    @Test
    void swappedNamesAreOnePersonAndSiblingsAreTwo() throws Exception {
        loads().load(TestingList.empty().person("Benali"));

        Preview preview = loads().load(
                        TestingList.empty().row(sound("Lina", "Benali")).row(sound("Benali", "Yanis")))
                .preview();

        assertThat(List.of(
                        preview.count().joined(),
                        preview.count().created(),
                        preview.count().doubtful()))
                .containsExactly(1, 1, 0);
        assertThat(texts("select last_name || ' ' || first_name from youth order by id"))
                .containsExactly("Benali Lina", "Benali Yanis");
    }

    @Test
    void theSamePersonTwiceIsOnceWhateverTheLinesSay() throws Exception {
        var loaded = loads().load(TestingList.empty()
                .row(TestingList.sound("Benali", Column.INE, "000000001AA"))
                .person("Benali")
                .row(sound("Lina", "Benali")));

        assertThat(texts("select line || ' ' || reason || ' ' || detail from rejected_row order by line"))
                .containsExactly("4 DUPLICATE 2");
        assertThat(texts("select cells from rejected_row where line = 4").getFirst())
                .contains("\"Benali\"");
        assertThat(loaded.preview().count().lines()).isOne();
        assertThat(loaded.preview().count().created()).isOne();
    }

    @Test
    void aBrokenLineIsRejectedAndTheRestGoesOn() throws Exception {
        loads().load(TestingList.empty()
                .person("Un")
                .line("trop;court;" + ";".repeat(40) + "x")
                .line("\"jamais fermé;" + ";".repeat(Column.all().size() - 2))
                .person("Deux")
                .row(TestingList.sound("Trois", Column.ADRESSE, "a\u0001b"))
                .line(String.join(";", Column.all().stream().map(Column::header).toList())));

        assertThat(texts("select line || ' ' || reason from rejected_row order by line"))
                .containsExactly("3 FIELD_COUNT", "4 BROKEN_LINE", "6 FORBIDDEN_CHARACTER", "7 HEADER_REPEATED");
        assertThat(texts("select last_name from youth order by id")).containsExactly("Un", "Deux");
    }

    @Test
    void everyCorrectionIsKeptBesideWhatWasWritten() throws Exception {
        loads().load(TestingList.empty().row(TestingList.sound("Benali", Column.TEL_JEUNE, "639981234")));

        assertThat(texts("select concat_ws('|', field, raw, value, kind) from list_correction"))
                .containsExactly("tel_jeune|639981234|+33639981234|LEADING_ZERO");
    }

    @Test
    void anOlderListIsAnAlarm() throws Exception {
        var present = TestingList.sound("Un", Column.DATE_EXTRACTION, "02/11/2026");
        var first = loads().load(TestingList.empty().row(present));
        assertThat(first.preview().isAlarming()).isFalse();
        var older = TestingList.sound("Un", Column.DATE_EXTRACTION, "01/10/2026");
        var yearBefore = TestingList.sound("Un", Column.DATE_EXTRACTION, "02/11/2025");

        Preview replacing = previewOf(TestingList.empty().row(older), first.list());
        Preview old = previewOf(TestingList.empty().row(yearBefore), null);

        assertThat(replacing.age().isOlder()).isTrue();
        assertThat(replacing.age().yearOld()).isFalse();
        assertThat(replacing.count().unchanged())
                .as("the day alone changes nobody")
                .isOne();
        assertThat(old.age().yearOld()).isTrue();
        assertThat(old.isAlarming()).isTrue();
    }

    @Test
    void aFileThatWasReplacedSinceIsAnAlarm() throws Exception {
        var first = loads().load(TestingList.empty().person("Un"));
        loads().load(TestingList.empty().person("Deux"), first.list(), true);

        assertThat(previewOf(TestingList.empty().person("Deux"), first.list())
                        .age()
                        .replaced())
                .isNull();
        assertThat(previewOf(TestingList.empty().person("Un"), first.list())
                        .age()
                        .replaced())
                .isOne();
    }

    private static Preview previewOf(TestingList file, @Nullable Long list) throws Exception {
        return loads().preview(loads().submit(file.file(), list, true));
    }

    @Test
    void aPreviewNoLongerHoldsOnceAnotherVersionCame() throws Exception {
        var first = loads().load(TestingList.empty().person("Un"));
        long waiting = loads().submit(TestingList.empty().person("Deux").file(), first.list(), true);
        Preview preview = loads().preview(waiting);
        assertThat(loads().isFresh(waiting)).isTrue();

        loads().load(TestingList.empty().person("Trois"), first.list(), true);

        assertThat(loads().isFresh(waiting)).isFalse();
        assertThatThrownBy(() -> loads().apply(waiting, preview)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aPreviewWhoseRowsACrashEmptiedNoLongerHolds() throws Exception {
        long waiting = loads().submit(TestingList.empty().person("Un").file(), null, true);
        loads().preview(waiting);

        loads().execute("truncate list_rows_" + waiting);

        assertThat(loads().isFresh(waiting)).isFalse();
    }

    @Test
    void nothingOfAFileThatEndsInTheMiddleIsKept() throws Exception {
        byte[] whole = TestingList.empty().person("Un").person("Deux").text().getBytes(StandardCharsets.UTF_8);
        long load = loads().submit(TestingList.file(java.util.Arrays.copyOf(whole, whole.length - 12)), null, true);

        assertThatThrownBy(() -> loads().preview(load)).isInstanceOf(Refused.class);

        assertThat(texts("select last_name from youth")).isEmpty();
        assertThat(loads().number("select count(*) from pg_class where relname = :id", "list_rows_" + load))
                .isZero();
    }

    private static Map<Column, String> sound(String lastName, String firstName) {
        return TestingList.sound(lastName, Column.PRENOM, firstName);
    }

    private static List<String> listed(long list) throws SQLException {
        return texts("""
                select y.last_name from list_entry e join youth y on y.id = e.youth_id
                 where e.list_id = :id and e.withdrawn_by is null order by y.last_name""", list);
    }

    private static List<String> places() throws SQLException {
        return texts("""
                select concat_ws(' ', y.last_name, c.state, case when c.withdrawn then 't' else 'f' end)
                  from campaign_youth c join youth y on y.id = c.youth_id order by y.last_name""");
    }

    private static List<String> texts(String query) throws SQLException {
        return loads().texts(query);
    }

    private static List<String> texts(String query, long id) throws SQLException {
        return loads().texts(query, id);
    }

    private static TestingLoads loads() {
        return Objects.requireNonNull(loads);
    }
}
