package fr.raccroche.youth;

import static fr.raccroche.Blocking.answer;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import fr.raccroche.ApplicationTest;
import fr.raccroche.platform.Database;
import fr.raccroche.platform.Sql;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

/** A telephone rests whoever is listed under it. */
@ApplicationTest
class TelephonesTest {

    private static final Instant NOW = Instant.parse("2026-11-20T09:00:00Z");
    private static final Instant TOMORROW = NOW.plus(Duration.ofDays(1));
    private static final AtomicInteger NEXT = new AtomicInteger(4000);

    private final String number = "+3326191%04d".formatted(NEXT.incrementAndGet());

    @Inject
    Database database;

    @Test
    void aNumberOfWhichNothingIsKnownIsUsable() {
        assertThat(standing()).isEqualTo(Telephone.USABLE);
        assertThat(rests(NOW)).isFalse();
    }

    @Test
    void aNumberRestsUntilTheMomentOrUntilSomebodyDecides() {
        rest(Rest.until(TOMORROW, RestReason.NO_OF_ONE), NOW);
        assertThat(rests(NOW)).isTrue();
        assertThat(rests(TOMORROW)).isFalse();

        rest(Rest.untilDecided(RestReason.NO_ON_THE_PHONE), NOW);
        assertThat(rests(TOMORROW)).isTrue();
        assertThat(standing().waitsForDecision()).isTrue();
    }

    @Test
    void aNoIsNotWeakenedByWhatComesAfter() {
        rest(Rest.untilDecided(RestReason.STOP_BY_TEXT).saying("STOP"), NOW);
        rest(Rest.untilDecided(RestReason.REPLY_TO_READ), NOW.plusSeconds(60));
        rest(Rest.until(TOMORROW, RestReason.NO_OF_ONE), NOW.plusSeconds(120));
        rest(Rest.untilDecided(RestReason.WRONG_ON_THE_PHONE), NOW.plusSeconds(180));
        done(sql -> Telephones.endRest(sql, number, RestReason.REPLY_TO_READ, NOW.plusSeconds(240)));
        done(sql -> Telephones.confirm(sql, number, NOW.plusSeconds(300)));

        assertThat(standing().state()).isEqualTo(TelephoneState.OBJECTED);
        assertThat(rests(TOMORROW)).isTrue();
    }

    @Test
    void aRestThatIsOverGivesWayToAnother() {
        rest(Rest.until(NOW.minusSeconds(60), RestReason.NO_OF_ONE), NOW.minusSeconds(3600));
        rest(Rest.untilDecided(RestReason.REPLY_TO_READ), NOW);
        assertThat(rests(NOW)).isTrue();

        done(sql -> Telephones.endRest(sql, number, RestReason.REPLY_TO_READ, NOW));
        assertThat(rests(NOW)).isFalse();
    }

    @Test
    void aWrongNumberIsRightAgainWhenSomebodyWasSpokenToThere() {
        rest(Rest.untilDecided(RestReason.WRONG_ON_THE_PHONE), NOW);
        done(sql -> Telephones.confirm(sql, number, NOW));
        assertThat(rests(NOW)).isFalse();
    }

    /** The others of the family are called again after a while; a name that nobody knew then is not. */
    @Test
    void whoeverIsListedUnderItAfterANoWaitsForADecision() {
        long known = listed("Koffi");
        rest(Rest.until(TOMORROW, RestReason.NO_OF_ONE), NOW);
        long later = listed("Kofi");

        assertThat(of(known)).contains("RESTING", Long.toString(TOMORROW.toEpochMilli()));
        assertThat(of(later)).contains("\"until\" : null");

        long supervisor = supervisor();
        done(sql -> Telephones.release(sql, number, supervisor, "La mère est d'accord", TOMORROW));
        assertThat(of(later)).isEqualTo("null");
        assertThat(rests(NOW)).isFalse();
    }

    @Test
    void manyRestAtOnceEachWithItsWords() {
        List<String> numbers = IntStream.range(0, 3)
                .mapToObj(i -> "+3326191%04d".formatted(NEXT.incrementAndGet()))
                .toList();
        var statement = Telephones.resting(
                        "(select x as e164, 'ne plus appeler' as words from unnest(cast(:numbers as text[])) x)",
                        Rest.untilDecided(RestReason.NO_IN_THE_LIST),
                        NOW)
                .set("numbers", numbers.toArray(String[]::new));
        assertThat(this.<Integer>in(sql -> sql.run(statement))).isEqualTo(3);
        assertThat(this.<Boolean>in(sql -> Telephones.rests(sql, numbers.getLast(), TOMORROW)))
                .isTrue();
    }

    /** The row is found without the number: it is the HMAC of it under a key of this installation. */
    @Test
    void theMarkIsAnHmac() throws Exception {
        record Row(String inner, String mark) {}
        Row row = in(sql -> sql.query("select encode(inner_pad, 'hex') as inner, encode(" + Telephones.mark(":number")
                        + ", 'hex') as mark from telephone_key")
                .set("number", number)
                .one(it -> new Row(it.text("inner"), it.text("mark"))));
        byte[] inner = HexFormat.of().parseHex(row.inner());
        byte[] key = new byte[64];
        for (int i = 0; i < key.length; i++) {
            key[i] = (byte) (inner[i] ^ 0x36);
        }
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));

        assertThat(row.mark()).isEqualTo(HexFormat.of().formatHex(mac.doFinal(number.getBytes(UTF_8))));
    }

    private void rest(Rest rest, Instant at) {
        done(sql -> Telephones.rest(sql, number, rest, at));
    }

    private Telephone standing() {
        return in(sql -> Telephones.of(sql, number));
    }

    private boolean rests(Instant at) {
        return this.<Boolean>in(sql -> Telephones.rests(sql, number, at));
    }

    private String of(long phone) {
        return in(sql -> sql.query("select coalesce(cast(" + Telephones.OF_PHONE
                        + " as text), 'null') as standing from phone_number p where p.id = :id")
                .set("id", phone)
                .one(row -> row.text("standing")));
    }

    private long listed(String name) {
        return in(sql -> sql.query("""
                        with y as (insert into youth (last_name, first_name, name_key, birth_date)
                                   values (:name, 'Test', 'test', '2009-03-05') returning id)
                        insert into phone_number (youth_id, e164, owner, rank, mobile, source)
                        select id, :number, 'YOUTH', 1, false, 'essai' from y returning id""").set("name", name).set("number", number).one(row -> row.id("id")));
    }

    private long supervisor() {
        return in(sql -> sql.query("""
                        insert into account (email, display_name, password_hash, role)
                        values (:email, 'Superviseure', 'x', 'SUPERVISOR') returning id""")
                .set("email", number.substring(1) + "@example.org")
                .one(row -> row.id("id")));
    }

    private void done(Function<Sql, ? extends Uni<?>> work) {
        answer(database.inTransaction(sql -> work.apply(sql).replaceWithVoid()));
    }

    private <T> T in(Function<Sql, Uni<T>> work) {
        return answer(database.inTransaction(work));
    }
}
