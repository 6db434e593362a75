package fr.raccroche.youth;

import static fr.raccroche.Blocking.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.raccroche.ApplicationTest;
import fr.raccroche.platform.Database;
import fr.raccroche.platform.Problem;
import fr.raccroche.platform.Sql;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

@ApplicationTest
class YouthsTest {

    private static final Instant NOW = Instant.parse("2026-11-20T09:00:00Z");

    @Inject
    Database database;

    @Test
    void aFileHoldsIdentityNumbersInOrderAndGuardians() {
        long youth = youth("Fichier");
        number(youth, "+33199000001", "GUARDIAN1", 2);
        long first = number(youth, "+33639980001", "YOUTH", 1);
        guardian(youth);

        var file = inTransaction(sql -> Youths.file(sql, youth));

        assertThat(file).isNotNull();
        assertThat(file.lastName()).isEqualTo("Fichier");
        assertThat(file.age(LocalDate.of(2026, 11, 20)).years()).isEqualTo(17);
        assertThat(file.numbers()).extracting(PhoneNumber::id).startsWith(first).hasSize(2);
        assertThat(file.guardians())
                .singleElement()
                .extracting(LegalGuardian::lastName)
                .isEqualTo("Parent");
        assertThat(file.objected()).isFalse();
    }

    @Test
    void nobodyHasNoFile() {
        assertThat(this.<YouthFile>inTransaction(sql -> Youths.file(sql, -1))).isNull();
    }

    @Test
    void aNumbersStateKeepsItsFirstDate() {
        long youth = youth("Etat");
        long number = number(youth, "+33639980002", "YOUTH", 1);

        inTransaction(sql -> KnownNumbers.setState(sql, number, NumberState.WRONG, NOW));
        inTransaction(sql -> KnownNumbers.setState(sql, number, NumberState.WRONG, NOW.plusSeconds(60)));

        var numbers = inTransaction(sql -> KnownNumbers.of(sql, youth));
        assertThat(numbers.getFirst().state()).isEqualTo(NumberState.WRONG);
        assertThat(numbers.getFirst().since()).isEqualTo(NOW);
        assertThat(numbers.getFirst().state().isUsable()).isFalse();
    }

    @Test
    void anObjectionIsRecordedOnceAndOnlyLiftedWithAReason() {
        long youth = youth("Opposition");
        long supervisor = supervisor("youths-lifter@example.org");

        assertThat(this.<Boolean>inTransaction(sql -> Youths.object(sql, youth, Youths.Channel.SMS, NOW)))
                .isTrue();
        assertThat(this.<Boolean>inTransaction(sql -> Youths.object(sql, youth, Youths.Channel.CALL, NOW)))
                .isFalse();
        assertThat(this.<Boolean>inTransaction(sql -> Youths.objected(sql, youth)))
                .isTrue();

        assertThatThrownBy(() -> inTransaction(sql -> Youths.liftObjection(sql, youth, supervisor, " ", NOW)))
                .isInstanceOf(Problem.class);
        assertThat(this.<Boolean>inTransaction(
                        sql -> Youths.liftObjection(sql, youth, supervisor, "Erreur de saisie", NOW)))
                .isTrue();
        assertThat(this.<Boolean>inTransaction(sql -> Youths.objected(sql, youth)))
                .isFalse();
        assertThat(this.<Boolean>inTransaction(sql -> Youths.liftObjection(sql, youth, supervisor, "Encore", NOW)))
                .isFalse();
        assertThat(this.<Boolean>inTransaction(sql -> Youths.object(sql, youth, Youths.Channel.CALL, NOW)))
                .isTrue();
    }

    @Test
    void siblingsShareANumber() {
        long lina = youth("Fratrie-Lina");
        long sami = youth("Fratrie-Sami");
        number(lina, "+33199000777", "GUARDIAN1", 1);
        number(sami, "+33199000777", "GUARDIAN1", 1);

        assertThat(this.<List<Youths.Sibling>>inTransaction(sql -> Youths.siblings(sql, lina)))
                .extracting(Youths.Sibling::youthId)
                .containsExactly(sami);
        assertThat(this.<List<Youths.Sibling>>inTransaction(sql -> Youths.withNumber(sql, "+33199000777")))
                .extracting(Youths.Sibling::youthId)
                .containsExactly(lina, sami);
    }

    private <T> T inTransaction(Function<Sql, Uni<T>> work) {
        return answer(database.inTransaction(work));
    }

    private long youth(String lastName) {
        return inTransaction(sql -> sql.query("""
                        insert into youth (last_name, first_name, name_key, birth_date)
                        values (:name, 'Test', :key, :birth) returning id""")
                .set("name", lastName)
                .set("key", Identity.nameKey(lastName, "Test"))
                .set("birth", LocalDate.of(2009, 3, 1))
                .one(row -> row.id("id")));
    }

    private long number(long youth, String e164, String owner, int rank) {
        return inTransaction(sql -> sql.query("""
                        insert into phone_number (youth_id, e164, owner, rank, mobile, source)
                        values (:youth, :e164, :owner, cast(:rank as smallint), true, 'test') returning id""")
                .set("youth", youth)
                .set("e164", e164)
                .set("owner", owner)
                .set("rank", rank)
                .one(row -> row.id("id")));
    }

    private void guardian(long youth) {
        inTransaction(
                sql -> sql.update("insert into legal_guardian (youth_id, rank, last_name) values (:youth, 1, 'Parent')")
                        .set("youth", youth)
                        .run());
    }

    private long supervisor(String email) {
        return inTransaction(sql -> sql.query("""
                        insert into account (email, display_name, password_hash, role)
                        values (:email, 'Superviseure', 'x', 'SUPERVISOR') returning id""").set("email", email).one(row -> row.id("id")));
    }
}
