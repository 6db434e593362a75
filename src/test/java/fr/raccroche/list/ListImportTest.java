package fr.raccroche.list;

import static fr.raccroche.Blocking.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import fr.raccroche.TestingNode;
import fr.raccroche.platform.Database;
import fr.raccroche.platform.Problem;
import fr.raccroche.platform.Sql;
import fr.raccroche.platform.Tokens;
import fr.raccroche.youth.PhoneNumber;
import fr.raccroche.youth.YouthFile;
import fr.raccroche.youth.Youths;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(TestingNode.class)
class ListImportTest {

    @Inject
    Database database;

    @Inject
    ListUploads uploads;

    @Inject
    Tokens tokens;

    /** Unlike any other test's. */
    private String name = "";

    @BeforeEach
    void newName() {
        name = "Benali" + tokens.next();
    }

    @Test
    void aRowBecomesAYouthWithNumbersAndGuardians() {
        var cells = TestingList.sound(name, Column.RESP1_TEL, "01 99 00 12 34");
        cells.put(Column.RESP1_NOM, "Benali");
        cells.put(Column.RESP2_CODE_INSEE, "93059");
        cells.put(Column.NUMERO_SIEI, name);
        cells.put(Column.ADRESSE, "\"1 rue\\tab\n\\N\"");
        long list = load(TestingList.empty().row(cells));

        YouthFile youth = youthOf(list, 2);
        assertThat(youth.lastName()).isEqualTo(name);
        assertThat(youth.birthDate()).isEqualTo(LocalDate.of(2009, 3, 5));
        assertThat(youth.sex()).isEqualTo("F");
        assertThat(youth.sieiNumber()).isEqualTo(name);
        assertThat(youth.communeInsee()).isEqualTo("93066");
        assertThat(youth.address()).isEqualTo("1 rue\\tab\n\\N");
        assertThat(youth.numbers()).extracting(PhoneNumber::e164).containsExactly("+33639981234", "+33199001234");
        assertThat(youth.numbers())
                .extracting(PhoneNumber::owner)
                .containsExactly(PhoneNumber.Owner.YOUTH, PhoneNumber.Owner.GUARDIAN1);
        assertThat(youth.guardians()).hasSize(2);
        assertThat(youth.guardians().get(1).communeInsee()).isEqualTo("93066");
        assertBalance(list, 1, 0, 0);
    }

    @Test
    void theSameFileAgainIsTheSameListAndAddsNobody() {
        var file = TestingList.empty().person(name).file();

        long first = load(file);
        long second = load(file);

        assertThat(second).isEqualTo(first);
        assertBalance(first, 1, 0, 0);
    }

    @Test
    void aKnownYouthIsRecognisedByIdentifierOrByNameAndBirthDate() {
        String ine = ine();
        long list = load(TestingList.empty().row(TestingList.sound(name, Column.INE, ine)));
        long byIne = load(TestingList.empty().row(TestingList.sound(name + "x", Column.INE, ine)));
        long byName = load(
                TestingList.empty().row(TestingList.sound(name.toUpperCase(Locale.ROOT), Column.NUMERO_SIEI, name)));
        long bySiei = load(TestingList.empty().row(TestingList.sound(name + "y", Column.NUMERO_SIEI, name)));
        long namesake = load(TestingList.empty().row(TestingList.sound(name, Column.INE, ine())));

        assertThat(youthOf(byIne, 2).id()).isEqualTo(youthOf(list, 2).id());
        assertThat(youthOf(byName, 2).id()).isEqualTo(youthOf(list, 2).id());
        assertThat(youthOf(bySiei, 2).id()).isEqualTo(youthOf(list, 2).id());
        assertThat(youthOf(bySiei, 2).lastName()).isEqualTo(name);
        assertThat(youthOf(bySiei, 2).sieiNumber()).isEqualTo(name);
        assertThat(youthOf(namesake, 2).id()).isNotEqualTo(youthOf(list, 2).id());
        assertBalance(byIne, 0, 1, 0);
    }

    @Test
    void aNumberFoundUnusableStaysSoAndNewNumbersAreAdded() {
        long list = load(TestingList.empty().person(name));
        YouthFile before = youthOf(list, 2);
        inTransaction(sql -> Youths.setNumberState(
                sql, before.numbers().getFirst().id(), PhoneNumber.State.WRONG, Instant.parse("2026-11-20T09:00:00Z")));

        long again = load(TestingList.empty().row(TestingList.sound(name, Column.TEL_JEUNE_2, "06 39 98 77 77")));

        YouthFile after = youthOf(again, 2);
        assertThat(after.numbers()).extracting(PhoneNumber::e164).containsExactly("+33639981234", "+33639987777");
        assertThat(after.numbers())
                .extracting(PhoneNumber::state)
                .containsExactly(PhoneNumber.State.WRONG, PhoneNumber.State.UNTRIED);
    }

    @Test
    void theSamePersonTwiceIsOncePlusAReject() {
        String ine = ine();
        var list = load(TestingList.empty()
                .row(TestingList.sound(name, Column.INE, ine))
                .person(name)
                .row(TestingList.sound(name + "b", Column.INE, ine)));

        assertBalance(list, 1, 0, 2);
        assertThat(rejects(list)).extracting(Lists.Reject::issue).containsOnly(RowIssue.DUPLICATE);
        assertThat(rejects(list)).extracting(Lists.Reject::detail).containsOnly("2");
    }

    @Test
    void twoRowsThatMeanOneKnownYouthAreOncePlusAReject() {
        String ine = ine();
        var both = TestingList.sound(name, Column.INE, ine);
        both.put(Column.NUMERO_SIEI, name);
        load(TestingList.empty().row(both));

        long list = load(TestingList.empty()
                .row(TestingList.sound(name + "c", Column.INE, ine))
                .row(TestingList.sound(name + "d", Column.NUMERO_SIEI, name)));

        assertBalance(list, 0, 1, 1);
        assertThat(rejects(list)).singleElement().satisfies(reject -> {
            assertThat(reject.line()).isEqualTo(3);
            assertThat(reject.detail()).isEqualTo("2");
            assertThat(reject.raw()).contains(name + "d");
        });
    }

    @Test
    void aBrokenLineIsRejectedAndTheRestGoesOn() {
        long list = load(TestingList.empty()
                .person(name)
                .line("trop;court")
                .line("\"jamais fermé;" + ";".repeat(21))
                .person(name + "e")
                .row(TestingList.sound(name + "f", Column.ADRESSE, "a\u0001b")));

        assertBalance(list, 2, 0, 3);
        assertThat(rejects(list))
                .extracting(Lists.Reject::line, Lists.Reject::issue)
                .containsExactly(
                        tuple(3, RowIssue.FIELD_COUNT),
                        tuple(4, RowIssue.BROKEN_LINE),
                        tuple(6, RowIssue.FORBIDDEN_CHARACTER));
        assertThat(rejects(list).getFirst().raw()).isEqualTo("trop;court");
    }

    @Test
    void droppedCellsAreCountedByKind() {
        long list = load(TestingList.empty()
                .row(TestingList.sound(name, Column.INE, "faux"))
                .row(TestingList.sound(name + "g", Column.INE, "faux"))
                .row(TestingList.sound(name + "h", Column.CODE_INSEE, "99999")));

        assertThat(balance(list).warnings()).isEqualTo(3);
        List<Lists.Dropped> dropped = inTransaction(sql -> Lists.dropped(sql, list));
        assertThat(dropped)
                .containsExactly(
                        new Lists.Dropped("ine", RowIssue.INE_SHAPE, 2),
                        new Lists.Dropped("code_insee", RowIssue.COMMUNE_UNKNOWN, 1));
    }

    @Test
    void aFileThatIsNoListIsRefusedAsAWholeWithASentence() {
        assertRefused("".getBytes(StandardCharsets.UTF_8), "vide");
        assertRefused(TestingList.empty().text().getBytes(StandardCharsets.UTF_8), "aucun jeune");
        assertRefused("nom,prenom\nA,B\n".getBytes(StandardCharsets.UTF_8), "point-virgule");
        assertRefused(new byte[] {'P', 'K', 3, 4, 20, 0}, "classeur");
        assertRefused("a;b\u0000\u0001\n".getBytes(StandardCharsets.UTF_8), "binaires");
        assertRefused(TestingList.empty().person("Zoé").text().getBytes(StandardCharsets.ISO_8859_1), "UTF-8");
        assertRefused("nom;prenom;tel_jeune\nA;B;C\n".getBytes(StandardCharsets.UTF_8), "date_naissance");
        assertRefused("nom;prenom;date_naissance\nA;B;C\n".getBytes(StandardCharsets.UTF_8), "tel_jeune");
        assertRefused("nom;nom;prenom;date_naissance;tel_jeune\n".getBytes(StandardCharsets.UTF_8), "deux fois");
    }

    @Test
    void nothingOfARefusedFileStays() {
        byte[] sound = TestingList.empty().person(name).text().getBytes(StandardCharsets.UTF_8);
        var broken = new byte[sound.length + 1];
        System.arraycopy(sound, 0, broken, 0, sound.length);
        broken[sound.length] = (byte) 0xE9;

        assertRefused(broken, "UTF-8");

        assertThat(count("select count(*) as n from youth where last_name = :name"))
                .isZero();
        assertThat(count("select count(*) as n from dropout_list where name = :name"))
                .isZero();
    }

    @Test
    void oneFileLoadedManyTimesAtOnceIsOneList() {
        var file = TestingList.empty().person(name).file();

        List<Long> lists = await(Uni.join()
                .all(IntStream.range(0, 4)
                        .mapToObj(i -> uploads.load(file, "liste.csv", name, LocalDate.of(2026, 11, 20), null))
                        .toList())
                .andCollectFailures());

        assertThat(lists).containsOnly(lists.getFirst());
        assertThat(count("select count(*) as n from youth where last_name = :name"))
                .isOne();
    }

    @Test
    void columnsMayComeInAnyOrderAndOthersAreIgnored() {
        long list = load(TestingList.file(("\uFEFFRemarque;TEL_JEUNE;Prénom;Nom;Date naissance\r\n"
                        + "x;0639981234;Lina;" + name + ";2009-03-05\r\n")
                .getBytes(StandardCharsets.UTF_8)));

        assertThat(youthOf(list, 2).lastName()).isEqualTo(name);
    }

    private void assertRefused(byte[] bytes, String sentence) {
        assertThatThrownBy(() -> load(TestingList.file(bytes)))
                .isInstanceOf(Problem.class)
                .hasMessageContaining(sentence);
    }

    private void assertBalance(long list, int created, int known, int rejected) {
        var balance = balance(list);
        assertThat(List.of(balance.created(), balance.known(), balance.rejected()))
                .as("created, known, rejected")
                .containsExactly(created, known, rejected);
        assertThat(balance.rows()).isEqualTo(created + known + rejected);
    }

    private Lists.Balance balance(long list) {
        return Objects.requireNonNull(this.<Lists.Balance>inTransaction(sql -> Lists.byId(sql, list)));
    }

    private List<Lists.Reject> rejects(long list) {
        return inTransaction(sql -> Lists.rejects(sql, list, 100));
    }

    private YouthFile youthOf(long list, int line) {
        long youth =
                inTransaction(sql -> sql.query("select youth_id from list_entry where list_id = :list and line = :line")
                        .set("list", list)
                        .set("line", line)
                        .one(row -> row.id("youth_id")));
        return Objects.requireNonNull(this.<YouthFile>inTransaction(sql -> Youths.file(sql, youth)));
    }

    private long count(String query) {
        return inTransaction(sql -> sql.query(query).set("name", name).one(row -> row.id("n")));
    }

    private long load(TestingList list) {
        return load(list.file());
    }

    private long load(Path file) {
        return await(uploads.load(file, "liste.csv", name, LocalDate.of(2026, 11, 20), null));
    }

    /** A pupil number that no other test has. */
    private String ine() {
        return "%09dZZ".formatted(Integer.toUnsignedLong(tokens.next().hashCode()) % 1_000_000_000);
    }

    private <T> T inTransaction(Function<Sql, Uni<T>> work) {
        return await(database.inTransaction(work));
    }
}
