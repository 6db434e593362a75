package fr.raccroche.list;

import static org.assertj.core.api.Assertions.assertThat;

import fr.raccroche.list.row.Column;
import java.io.IOException;
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

/** Versions that come while a campaign runs, and go again. */
class VersionsTest {

    private static final String INE = "000000001AA";

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

    @ParameterizedTest
    @CsvSource({"REFERRED, now(), REFERRED f", "WITHDRAWN, now(), TO_CALL f", "IN_CALL, null, IN_CALL f"})
    void aCallThatWentOnWhileTheVersionCameKeepsItsEnd(String state, String settled, String expected) throws Exception {
        var first = loads().load(TestingList.empty().person("Parle").person("Reste"));
        loads().execute(TestingCampaigns.running(first.list()));
        put("Parle", "'IN_CALL', next_attempt_at = null");
        var second = loads().load(TestingList.empty().person("Reste"), first.list(), true);
        put("Parle", "'" + state + "', next_attempt_at = null, settled_at = " + settled);

        assertThat(loads().undo(second.load())).isNull();

        assertThat(places()).containsExactly("Parle " + expected, "Reste TO_CALL f");
    }

    @Test
    void whoCameBackInTheMiddleOfACallAndIsNoLongerOnTheListIsNotCalledAgain() throws Exception {
        var first = loads().load(TestingList.empty().person("Parle").person("Reste"));
        loads().execute(TestingCampaigns.running(first.list()));
        put("Parle", "'IN_CALL', next_attempt_at = null");
        loads().load(TestingList.empty().person("Reste"), first.list(), true);
        var third = loads().load(TestingList.empty().person("Parle").person("Reste"), first.list(), true);
        put("Parle", "'TO_CALL', next_attempt_at = now()");

        assertThat(loads().undo(third.load())).isNull();

        assertThat(places()).containsExactly("Parle WITHDRAWN t", "Reste TO_CALL f");
    }

    @Test
    void noCallStandsThatWasPromisedToWhoIsNoLongerOnTheListUntilAnUndo() throws Exception {
        var first = loads().load(TestingList.empty().person("Absent").person("Reste"));
        loads().execute(TestingCampaigns.running(first.list()));
        put("Absent", "'CALLBACK'");
        put("Reste", "'CALLBACK'");
        loads().execute("""
                insert into callback (campaign_id, youth_id, due_at, reason, created_at)
                select campaign_id, youth_id, next_attempt_at, 'ASKED', now() from campaign_youth""");
        var contents = loads().contents();

        var second = loads().load(TestingList.empty().person("Reste"), first.list(), true);

        assertThat(promised()).containsExactly("Reste");
        assertThat(loads().undo(second.load())).isNull();
        assertThat(promised()).containsExactly("Absent", "Reste");
        assertThat(loads().contents()).isEqualTo(contents);
    }

    private static List<String> promised() throws SQLException {
        return texts("""
                select y.last_name from callback b join youth y on y.id = b.youth_id
                 where b.done_at is null order by y.last_name""");
    }

    @Test
    void undoTakesOutOfTheQueueWhomTheVersionPutThere() throws Exception {
        var first = loads().load(TestingList.empty().person("Absent").person("Reste"));
        loads().load(TestingList.empty().person("Reste"), first.list(), true);
        loads().execute(TestingCampaigns.running(first.list()));
        var third = loads().load(TestingList.empty().person("Absent").person("Reste"), first.list(), true);
        assertThat(places()).containsExactly("Absent TO_CALL f", "Reste TO_CALL f");

        assertThat(loads().undo(third.load())).isNull();

        assertThat(places()).containsExactly("Reste TO_CALL f");
    }

    @Test
    void whoIsBackByAnUndoJoinsTheCampaignThatBeganMeanwhile() throws Exception {
        var first = loads().load(TestingList.empty().person("Absent").person("Reste"));
        var second = loads().load(TestingList.empty().person("Reste"), first.list(), true);
        loads().execute(TestingCampaigns.running(first.list()));

        assertThat(loads().undo(second.load())).isNull();

        assertThat(places()).containsExactly("Absent TO_CALL f", "Reste TO_CALL f");
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void whomANewerRowSaysToBeUnderSixteenIsCalledNoMore(boolean complete) throws Exception {
        var first = loads().load(TestingList.empty()
                .row(TestingList.sound("Jeune", Column.INE, INE))
                .person("Reste"));
        loads().execute(TestingCampaigns.running(first.list()));
        Map<Column, String> younger = TestingList.sound("Jeune", Column.INE, INE);
        younger.put(Column.DATE_NAISSANCE, "05/03/2013");

        Preview preview = loads().load(TestingList.empty().row(younger).person("Reste"), first.list(), complete)
                .preview();

        assertThat(List.of(preview.count().rejected(), preview.count().withdrawn()))
                .containsExactly(1, 1);
        assertThat(places()).containsExactly("Jeune WITHDRAWN t", "Reste TO_CALL f");
    }

    @Test
    void whoStandsOnADoubtfulRowStaysOnTheListAndADecisionIsRemembered() throws Exception {
        var known = TestingList.sound("Haddad", Column.INE, INE);
        known.put(Column.PRENOM, "Sami");
        known.put(Column.DATE_NAISSANCE, "12/07/2008");
        var first = loads().load(TestingList.empty().row(known).person("Dupont"));
        var doubtful = TestingList.sound("Dupont", Column.INE, INE);

        var second = loads().load(TestingList.empty().row(known).row(doubtful), first.list(), true);

        assertThat(List.of(
                        second.preview().count().rejected()
                                + second.preview().count().doubtful(),
                        second.preview().count().withdrawn()))
                .containsExactly(1, 0);
        assertThat(listed(first.list())).containsExactly("Dupont", "Haddad");

        var third = loads().load(TestingList.empty().row(doubtful), first.list(), false);
        assertThat(third.preview().count().doubtful()).isOne();
        loads().execute("update doubtful_row set state = 'KEPT_APART', decision_id = version_id");
        doubtful.put(Column.ADRESSE, "2 rue Neuve");
        var fourth = loads().load(TestingList.empty().row(doubtful), first.list(), false);

        assertThat(List.of(
                        fourth.preview().count().doubtful(),
                        fourth.preview().count().changed(),
                        fourth.preview().count().created()))
                .containsExactly(0, 1, 0);
        assertThat(texts("select concat_ws('/', last_name, ine, address) from youth order by last_name"))
                .containsExactly("Dupont/2 rue Neuve", "Haddad/" + INE);
    }

    @Test
    void aFreshNumberOpensTheFileOfWhoHadNoneThatWorked() throws Exception {
        var first = loads().load(TestingList.empty().person("Perdu").person("Trouvé"));
        loads().execute(TestingCampaigns.running(first.list()));
        put("Perdu", "'WRONG_NUMBER', next_attempt_at = null, settled_at = now()");
        put("Trouvé", "'IN_SOLUTION', next_attempt_at = null, settled_at = now()");
        var contents = loads().contents();

        var second = loads().load(
                        TestingList.empty()
                                .row(TestingList.sound("Perdu", Column.TEL_JEUNE, "06 39 98 77 77"))
                                .row(TestingList.sound("Trouvé", Column.TEL_JEUNE, "06 39 98 77 78")),
                        first.list(),
                        true);

        assertThat(places()).containsExactly("Perdu TO_CALL f", "Trouvé IN_SOLUTION f");
        assertThat(loads().undo(second.load())).isNull();
        assertThat(loads().contents()).isEqualTo(contents);
    }

    @Test
    void aRowOfTheWrongLengthKeepsWhomItNamesAndIsAnAlarmWhenItNamesNobody() throws Exception {
        var first = loads().load(TestingList.empty().person("Un").person("Deux"));
        String un = TestingList.empty().person("Un").text().lines().toList().get(1);

        var longer = loads().load(TestingList.empty().line(un + ";en trop").person("Deux"), first.list(), true);
        assertThat(List.of(
                        longer.preview().count().rejected(),
                        longer.preview().count().withdrawn()))
                .containsExactly(1, 0);
        assertThat(longer.preview().isAlarming()).isFalse();

        long broken = loads().submit(
                        TestingList.empty()
                                .person("Deux")
                                .line("décalé;d'une;case;" + un + "fin")
                                .file(),
                        first.list(),
                        true);
        Preview preview = loads().preview(broken);
        assertThat(preview.count().withdrawn()).isOne();
        assertThat(preview.withdrawsUnseen()).isTrue();
        assertThat(preview.isAlarming()).isTrue();
    }

    @Test
    void whoIsBackWhileAStructureFollowsThemIsNotCalled() throws Exception {
        var first = loads().load(TestingList.empty().person("Suivi").person("Reste"));
        loads().execute(TestingCampaigns.running(first.list()));
        loads().execute(TestingCampaigns.openHandoff("Suivi"));
        loads().load(TestingList.empty().person("Reste"), first.list(), true);
        assertThat(places()).containsExactly("Reste TO_CALL f", "Suivi WITHDRAWN t");

        loads().load(TestingList.empty().person("Reste").person("Suivi"), first.list(), true);

        assertThat(places()).containsExactly("Reste TO_CALL f", "Suivi ALREADY_FOLLOWED f");
    }

    @Test
    void whatAnEarlierCampaignLearntDecidesWhenSomebodyIsCalled() throws Exception {
        var first = loads().load(
                        TestingList.empty().person("Refus").person("Solution").person("Neuf"));
        loads().execute(TestingCampaigns.running(first.list()));
        put("Refus", "'REFUSED', next_attempt_at = null, settled_at = '2026-11-10T10:00:00Z'");
        put("Solution", "'IN_SOLUTION', next_attempt_at = null, settled_at = '2026-11-10T10:00:00Z'");
        var other = loads().load(TestingList.empty().person("Autre"));
        loads().execute(TestingCampaigns.running(other.list()));

        loads().load(
                        TestingList.empty()
                                .person("Autre")
                                .person("Refus")
                                .person("Solution")
                                .person("Neuf"),
                        other.list(),
                        true);

        assertThat(texts("""
                select concat_ws(' ', y.last_name, c.state, c.priority, to_char(c.next_attempt_at at time zone 'Europe/Paris', 'YYYY-MM-DD HH24:MI'))
                  from campaign_youth c join campaign k on k.id = c.campaign_id join youth y on y.id = c.youth_id
                 where k.list_id = :id and y.last_name <> 'Autre' order by y.last_name""", other.list()))
                .containsExactly(
                        "Neuf TO_CALL 5 2026-11-20 17:00",
                        "Refus TO_CALL 5 2027-01-09 11:00",
                        "Solution TO_CALL 0 2026-11-20 17:00");
    }

    /** Announced 24 hours before a first call that the plan has in the evening, a Friday at ten: like at a campaign's start. */
    @Test
    void whoJoinsARunningCampaignIsAnnouncedAndCalledByTheRulesOfItsStart() throws Exception {
        var first = loads().load(TestingList.empty().person("Reste"));
        loads().execute(TestingCampaigns.running(first.list()));
        loads().execute("""
                update campaign set texts = '{"ANNOUNCEMENT": {"on": true, "template": "Bonjour"}, "ANNOUNCE_BEFORE": 24}'""");

        loads().load(TestingList.empty().person("Reste").person("Neuf"), first.list(), true);

        assertThat(texts("""
                select concat_ws(', ', y.last_name, to_char(p.due_at at time zone 'Europe/Paris', 'DD HH24:MI'),
                                 to_char(p.about at time zone 'Europe/Paris', 'DD HH24:MI'),
                                 to_char(c.next_attempt_at at time zone 'Europe/Paris', 'DD HH24:MI'))
                  from text_plan p join campaign_youth c using (campaign_id, youth_id) join youth y on y.id = c.youth_id"""))
                .as("the text, the call that it announces, the call that is planned")
                .containsExactly("Neuf, 20 10:00, 23 17:00, 23 17:00");
    }

    @Test
    void theOwnerOfANumberIsCorrected() throws Exception {
        var first = loads().load(TestingList.empty().person("Un"));
        var cells = TestingList.sound("Un", Column.TEL_JEUNE, "06 39 98 00 02");
        cells.put(Column.RESP1_TEL, "06 39 98 12 34");
        var contents = loads().contents();

        var second = loads().load(TestingList.empty().row(cells), first.list(), true);

        assertThat(texts("select e164 || ' ' || owner from phone_number order by rank"))
                .containsExactly("+33639980002 YOUTH", "+33639981234 GUARDIAN1");
        assertThat(loads().undo(second.load())).isNull();
        assertThat(loads().contents()).isEqualTo(contents);
    }

    @Test
    void aWithdrawalThatMayMeanSeveralPeopleIsRejected() throws Exception {
        var first = loads().load(TestingList.empty()
                .row(TestingList.sound("Benali", Column.INE, INE))
                .row(TestingList.sound("Haddad", Column.NUMERO_SIEI, "S1")));
        var crossed = TestingList.sound("Benali", Column.INE, INE);
        crossed.put(Column.NUMERO_SIEI, "S1");
        crossed.put(Column.RETRAIT, "oui");
        var mistyped = TestingList.sound("Dupont", Column.INE, INE);
        mistyped.put(Column.DATE_NAISSANCE, "12/07/2008");
        mistyped.put(Column.RETRAIT, "oui");

        loads().load(TestingList.empty().row(crossed).row(mistyped), first.list(), false);

        assertThat(texts("select reason from rejected_row order by line")).containsExactly("AMBIGUOUS", "AMBIGUOUS");
        assertThat(listed(first.list())).containsExactly("Benali", "Haddad");
    }

    @Test
    void theDayOnWhichAListWasDrawnIsReadAsASpreadsheetWritesIt() throws Exception {
        for (String drawn : List.of("02/11/25", "45963", "=\"2025-11-02\"", "02/11/2025 14:30")) {
            Preview preview = loads().preview(loads().submit(
                            TestingList.empty()
                                    .row(TestingList.sound("Un", Column.DATE_EXTRACTION, drawn))
                                    .file(),
                            null,
                            true));
            assertThat(preview.age().drawnOn()).as(drawn).isEqualTo("2025-11-02");
            assertThat(preview.age().yearOld()).as(drawn).isTrue();
        }
    }

    private static void put(String lastName, String state) throws SQLException {
        loads().execute("""
                update campaign_youth set state = %s where youth_id = (select id from youth where last_name = '%s')""".formatted(state, lastName));
    }

    private static List<String> places() throws SQLException {
        return texts("""
                select concat_ws(' ', y.last_name, c.state, case when c.withdrawn then 't' else 'f' end)
                  from campaign_youth c join youth y on y.id = c.youth_id order by y.last_name""");
    }

    private static List<String> listed(long list) throws SQLException {
        return texts("""
                select y.last_name from list_entry e join youth y on y.id = e.youth_id
                 where e.list_id = :id and e.withdrawn_by is null order by y.last_name""", list);
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
