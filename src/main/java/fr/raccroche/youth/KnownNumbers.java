package fr.raccroche.youth;

import fr.raccroche.platform.Sql;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;

/** The numbers of youths in the database: what calls and texts taught about them, and which new ones were given. */
public final class KnownNumbers {

    private KnownNumbers() {}

    /** The numbers of a youth in the order to try them, unusable ones included. */
    public static Uni<List<PhoneNumber>> of(Sql sql, long youthId) {
        return sql.query("select * from phone_number where youth_id = :id order by rank, id")
                .set("id", youthId)
                .list(KnownNumbers::number);
    }

    /** Notes what a call taught about a number; {@code since} moves only when the state changes. */
    public static Uni<Void> setState(Sql sql, long phoneId, NumberState state, Instant at) {
        return sql.update("update phone_number set state = :state, since = :at where id = :id and state <> :state")
                .set("state", state)
                .set("at", at)
                .set("id", phoneId)
                .run();
    }

    /** A youth's number that somebody rang from and nobody knew. */
    public static Uni<Long> addRungFrom(Sql sql, long youthId, String e164, NumberOwner owner, boolean mobile) {
        return sql.query("""
                        insert into phone_number (youth_id, e164, owner, rank, mobile, source)
                        select :youth, :e164, :owner, coalesce(max(rank), 0) + 1, :mobile, 'appel reçu'
                        from phone_number where youth_id = :youth
                        returning id""")
                .set("youth", youthId)
                .set("e164", e164)
                .set("owner", owner)
                .set("mobile", mobile)
                .one(row -> row.id("id"));
    }

    /**
     * A number that the youth gave, not yet confirmed by a call: before the others, or the one they had, fresh again.
     *
     * @return false when they gave {@code most} of them already
     */
    public static Uni<Boolean> addOwn(Sql sql, long youthId, String e164, boolean mobile, int most) {
        return sql.update("""
                        insert into phone_number (youth_id, e164, owner, rank, mobile, source)
                        select :youth, :e164, 'YOUTH',
                               (select coalesce(min(p.rank), 1) - 1 from phone_number p where p.youth_id = :youth),
                               :mobile, 'SELF'
                         where (select count(*) from phone_number p
                                 where p.youth_id = :youth and p.source = 'SELF' and p.e164 <> :e164) < :most
                        on conflict (youth_id, e164) do update
                           set owner = 'YOUTH', textable = true, since = now(),
                               state = case when phone_number.state = 'VALID' then 'VALID' else 'UNTRIED' end""")
                .set("youth", youthId)
                .set("e164", e164)
                .set("mobile", mobile)
                .set("most", most)
                .count()
                .map(count -> count == 1);
    }

    /**
     * A number that somebody told us on the phone, with whose it is: before the others when it is the youth's own, after
     * them otherwise. One that was said to be wrong is tried again.
     */
    public static Uni<Void> addTold(Sql sql, long youthId, String e164, NumberOwner owner, boolean mobile, Instant at) {
        return sql.update("""
                        insert into phone_number (youth_id, e164, owner, rank, mobile, source)
                        select :youth, :e164, :owner,
                               case :owner when 'YOUTH' then coalesce(min(rank), 1) - 1
                                    else coalesce(max(rank), 0) + 1 end, :mobile, 'donné au téléphone'
                        from phone_number where youth_id = :youth
                        on conflict (youth_id, e164) do update
                           set owner = excluded.owner, since = :at,
                               state = case when phone_number.state = 'VALID' then 'VALID' else 'UNTRIED' end""")
                .set("youth", youthId)
                .set("e164", e164)
                .set("owner", owner)
                .set("mobile", mobile)
                .set("at", at)
                .run();
    }

    /** A number to which no text goes any more, whoever has it. */
    public static Uni<Void> setWithoutTexts(Sql sql, String e164) {
        return sql.update("update phone_number set textable = false where e164 = :e164 and textable")
                .set("e164", e164)
                .run();
    }

    /** A number that the network does not know, unless a person spoke there. */
    public static Uni<Void> setOutOfService(Sql sql, String e164) {
        return sql.update("""
                        update phone_number set textable = false, since = now(),
                               state = case when state = 'UNTRIED' then 'NOT_IN_SERVICE' else state end
                        where e164 = :e164 and textable""").set("e164", e164).run();
    }

    private static PhoneNumber number(Sql.Row row) {
        return new PhoneNumber(
                row.id("id"),
                row.text("e164"),
                row.constant(NumberOwner.class, "owner"),
                row.integer("rank"),
                row.flag("mobile"),
                row.constant(NumberState.class, "state"),
                row.text("source"),
                row.instant("since"));
    }
}
