package fr.raccroche.platform;

import static fr.raccroche.Blocking.answer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.raccroche.ApplicationTest;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.stream.IntStream;
import org.hibernate.reactive.mutiny.Mutiny;
import org.junit.jupiter.api.Test;

@ApplicationTest
class SqlTest {

    @Inject
    Database database;

    @Inject
    Mutiny.SessionFactory sessions;

    @Test
    void everyTypeGoesInAndComesBack() {
        var now = Instant.parse("2026-11-20T09:15:30.123456Z");
        var bytes = new byte[] {1, 2, 3};

        var row = answer(database.inTransaction(sql -> sql.query("""
                        select cast(:at as timestamptz) as at, cast(:day as date) as day, cast(:time as time) as time,
                               cast(:id as bigint) as id, cast(:small as smallint) as small, cast(:flag as boolean) as flag,
                               cast(:text as text) as text, cast(:nothing as text) as nothing, cast(:bytes as bytea) as bytes,
                               cast(cast(:json as text) as jsonb) ->> 'a' as json, 7 = any(cast(:ids as bigint[])) as found""")
                .set("at", now)
                .set("day", LocalDate.of(2026, 11, 20))
                .set("time", LocalTime.of(10, 30))
                .set("id", 42L)
                .set("small", 7)
                .set("flag", true)
                .set("text", "Zoé")
                .set("nothing", null)
                .set("bytes", bytes)
                .set("json", "{\"a\": \"b\"}")
                .set("ids", new Long[] {5L, 7L})
                .one(r -> r)));

        assertThat(row.instant("at")).isEqualTo(now);
        assertThat(row.date("day")).isEqualTo(LocalDate.of(2026, 11, 20));
        assertThat(row.time("time")).isEqualTo(LocalTime.of(10, 30));
        assertThat(row.id("id")).isEqualTo(42);
        assertThat(row.integer("small")).isEqualTo(7);
        assertThat(row.flag("flag")).isTrue();
        assertThat(row.text("text")).isEqualTo("Zoé");
        assertThat(row.textOrNull("nothing")).isNull();
        assertThat(row.text("json")).isEqualTo("b");
        assertThat(row.flag("found")).isTrue();
    }

    @Test
    void aSessionGivesItsConnection() {
        assertThatCode(() -> answer(sessions.withStatelessSession(
                        session -> Uni.createFrom().item(Sql.connectionOf(session)))))
                .as("Hibernate Reactive gives the session and nothing else, and Sql takes the connection out of it."
                        + " This version hides it elsewhere: mend Sql.connectionOf.")
                .doesNotThrowAnyException();
    }

    @Test
    void namesBecomePlacesAndNothingElseDoes() {
        var statement = NamedText.of("""
                select 'at 10:30, it''s :quoted' as "a :column", -1 - :a as b, -- not :this
                       x::text, y[1:2]
                from t where a = :a and at > :after_2""");

        assertThat(statement.text())
                .isEqualTo("select 'at 10:30, it''s :quoted' as \"a :column\", -1 - $1 as b,   x::text, y[1:2]"
                        + " from t where a = $2 and at > $3");
        assertThat(statement.names()).containsExactly("a", "a", "after_2");
    }

    @Test
    void aForgottenAndAForeignParameterAreRefused() {
        assertThatThrownBy(() -> answer(database.inTransaction(sql ->
                        sql.query("select cast(:a as text) as a").set("b", "x").one(row -> row.text("a")))))
                .hasMessageContaining("[a]")
                .hasMessageContaining("[b]");
        assertThatThrownBy(() -> answer(
                        database.inTransaction(sql -> sql.query("select 1 as a").one(row -> row.text("b")))))
                .hasMessageContaining("No column b in [a]");
    }

    @Test
    void oneStatementIsATransactionOfItsOwn() {
        answer(database.inOneStatement(sql -> insert(sql, "alone")));

        assertThat(count("alone")).isEqualTo(1);
    }

    @Test
    void aFailureRollsBack() {
        assertThatThrownBy(() -> answer(database.inTransaction(sql -> insert(sql, "rolled-back")
                        .chain(() -> Uni.createFrom().failure(new IllegalStateException("after the insert"))))))
                .hasMessageContaining("after the insert");

        assertThat(count("rolled-back")).isZero();
    }

    @Test
    void unitsOfWorkStartedTogetherDoNotShareATransaction() {
        var all = Uni.join()
                .all(IntStream.range(0, 40)
                        .mapToObj(i -> database.inTransaction(sql -> insert(sql, "together-" + i)
                                        .chain(() -> i % 2 == 0
                                                ? Uni.createFrom().voidItem()
                                                : Uni.createFrom().failure(new IllegalStateException("odd"))))
                                .onFailure()
                                .recoverWithNull())
                        .toList())
                .andCollectFailures();
        answer(all);

        assertThat(count("together-%")).isEqualTo(20);
    }

    private static Uni<Void> insert(Sql sql, String name) {
        return sql.update("insert into setting (name, value) values (:name, 'x')")
                .set("name", name)
                .run();
    }

    private long count(String like) {
        return answer(database.inTransaction(sql -> sql.query("select count(*) as n from setting where name like :name")
                .set("name", like)
                .one(row -> row.id("n"))));
    }
}
