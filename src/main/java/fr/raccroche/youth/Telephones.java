package fr.raccroche.youth;

import fr.raccroche.platform.Sql;
import fr.raccroche.platform.Statement;
import io.smallrye.mutiny.Uni;
import java.time.Instant;

/**
 * Telephones in the database, whoever is listed under them, now, before or later: which are left alone, and why. Found by a
 * keyed hash of the number, so that a no outlives the list that brought the number. In a transaction a telephone comes
 * before the places in queues.
 */
public final class Telephones {

    /** What a supervisor left alone for good is as good as dead. */
    private static final String STATE =
            "case when t.decided_at is null or t.state = 'USABLE' then t.state else 'DEAD' end";

    /** How the telephone of a row {@code p} of {@code phone_number} stands for it: JSON, or null when nothing is known. */
    public static final String OF_PHONE = """
            (select json_build_object('state', @state@, 'until',
                       case when p.id > t.known_to then null
                            else cast(extract(epoch from t.until) * 1000 as bigint) end)
               from telephone t
              where t.mark = @mark@ and t.state <> 'USABLE')""".replace("@mark@", mark("p.e164")).replace("@state@", STATE);

    /** A no weighs more than a wrong number, and that more than a rest. */
    private static final String WEIGHT =
            "array_position(array['USABLE', 'RESTING', 'DEAD', 'WRONG', 'OBJECTED'], %s.state)";

    private Telephones() {}

    /** The expression that finds the telephone of a number. */
    public static String mark(String e164) {
        return """
                sha256((select outer_pad from telephone_key)
                       || sha256((select inner_pad from telephone_key) || convert_to(%s, 'UTF8')))""".formatted(e164);
    }

    /** Nobody calls or writes to this number any more, as {@code rest} says; what weighs more, or lasts longer, stays. */
    public static Uni<Void> rest(Sql sql, String e164, Rest rest, Instant now) {
        return sql.run(resting("(select cast(:e164 as text) as e164, cast(:words as text) as words)", rest, now)
                        .set("e164", e164)
                        .set("words", rest.words()))
                .replaceWithVoid();
    }

    /**
     * The same for many numbers at once, whichever connection runs it.
     *
     * @param numbers a query, or a table, whose rows have {@code e164} and {@code words}, each number once
     */
    public static Statement resting(String numbers, Rest rest, Instant now) {
        return Statement.of("""
                insert into telephone as t (mark, e164, state, until, reason, since, said_by, words, known_to)
                select @mark@, n.e164, cast(:state as text), cast(:until as timestamptz), cast(:reason as text), cast(:now as timestamptz),
                       cast(:by as bigint), n.words,
                       case when cast(:until as timestamptz) is not null
                            then (select coalesce(max(p.id), 0) from phone_number p) end
                  from @numbers@ n
                on conflict (mark) do update
                   set e164 = excluded.e164, state = excluded.state, until = excluded.until, reason = excluded.reason,
                       since = excluded.since, said_by = excluded.said_by, words = excluded.words,
                       known_to = least(t.known_to, excluded.known_to),
                       decided_at = null, decided_by = null, decision = null
                 where t.state = 'USABLE' or t.until <= excluded.since or @new@ > @old@
                    or (@new@ = @old@ and t.until is not null
                        and (excluded.until is null or excluded.until > t.until))""".replace("@mark@", mark("n.e164"))
                        .replace("@numbers@", numbers)
                        .replace("@new@", WEIGHT.formatted("excluded"))
                        .replace("@old@", WEIGHT.formatted("t")))
                .set("state", rest.reason().state().name())
                .set("until", rest.until())
                .set("reason", rest.reason().name())
                .set("by", rest.saidBy())
                .set("now", now);
    }

    /**
     * The telephones of a youth that may be theirs rest.
     *
     * @param shared those under which others are listed, too; else those under which nobody else is
     */
    public static Uni<Void> restAllOf(Sql sql, long youthId, boolean shared, Rest rest, Instant now) {
        return sql.run(resting("""
                        (select p.e164, null as words from phone_number p
                          where p.youth_id = :youth and p.state in ('UNTRIED', 'VALID')
                            and :shared = exists (select from phone_number o
                                                   where o.e164 = p.e164 and o.youth_id <> p.youth_id
                                                     and o.state <> 'WRONG')
                          order by p.e164)""", rest, now).set("youth", youthId).set("shared", shared))
                .replaceWithVoid();
    }

    /** How a number stands for somebody who is listed under it already. */
    public static Uni<Telephone> of(Sql sql, String e164) {
        return sql.query("select " + STATE + " as state, t.until from telephone t where t.mark = "
                        + mark("cast(:e164 as text)"))
                .set("e164", e164)
                .first(row -> new Telephone(row.constant(TelephoneState.class, "state"), row.instantOrNull("until")))
                .map(found -> found == null ? Telephone.USABLE : found);
    }

    /** Whether nobody calls or writes to this number at {@code now}. */
    public static Uni<Boolean> rests(Sql sql, String e164, Instant now) {
        return of(sql, e164).map(telephone -> telephone.restsAt(now));
    }

    /** What was waited for has happened: the text was read, for example. Rests for other reasons go on. */
    public static Uni<Void> endRest(Sql sql, String e164, RestReason reason, Instant now) {
        return sql.update("""
                        update telephone
                           set state = case when known_to is null then 'USABLE' else state end,
                               until = case when known_to is not null then cast(:now as timestamptz) end
                         where mark = @mark@ and state <> 'USABLE' and reason = :reason""".replace("@mark@", mark("cast(:e164 as text)")))
                .set("e164", e164)
                .set("reason", reason)
                .set("now", now)
                .run();
    }

    /** The right person was spoken to under this number, or gave it as theirs: it is neither wrong nor dead. */
    public static Uni<Void> confirm(Sql sql, String e164, Instant now) {
        return sql.update("""
                        update telephone set state = 'USABLE', until = null, known_to = null, since = :now
                         where mark = @mark@ and state in ('WRONG', 'DEAD')""".replace("@mark@", mark("cast(:e164 as text)")))
                .set("e164", e164)
                .set("now", now)
                .run();
    }

    /**
     * An objection that still stands is about to be taken back: so is the rest that it brought to the youth's telephones, and
     * what was said since on those that nobody shares.
     */
    public static Uni<Void> releaseWith(Sql sql, long youthId, long account, String why, Instant now) {
        return sql.update("""
                        update telephone t set state = 'USABLE', until = null, known_to = null, since = :now,
                               decided_at = :now, decided_by = :account, decision = :why
                          from objection o, phone_number p
                         where o.youth_id = :youth and o.lifted_at is null and p.youth_id = o.youth_id
                           and t.mark = @mark@ and t.state <> 'USABLE' and t.reason = any(:noes)
                           and (t.since = o.at
                                or t.since > o.at and not exists (
                                       select from phone_number s
                                        where s.e164 = p.e164 and s.youth_id <> p.youth_id and s.state <> 'WRONG'))""".replace("@mark@", mark("p.e164")))
                .set("youth", youthId)
                .set("account", account)
                .set("why", why)
                .set("noes", RestReason.NOES)
                .set("now", now)
                .run();
    }

    /**
     * A supervisor decides that nobody calls a number any more, whoever is listed under it.
     *
     * @return whether it rested
     */
    public static Uni<Boolean> keep(Sql sql, String e164, long supervisor, String why, Instant now) {
        return sql.update("""
                        update telephone set until = null, known_to = null,
                               decided_at = :now, decided_by = :supervisor, decision = :why
                         where mark = @mark@ and state <> 'USABLE'""".replace("@mark@", mark("cast(:e164 as text)")))
                .set("e164", e164)
                .set("supervisor", supervisor)
                .set("why", why)
                .set("now", now)
                .count()
                .map(count -> count > 0);
    }

    /** Numbers under which nobody is listed any more are forgotten; that they rest is not. */
    public static Uni<Void> forget(Sql sql) {
        return sql.update("""
                        update telephone t set e164 = null, words = null
                         where t.e164 is not null and not exists (
                               select from phone_number p where p.e164 = t.e164)""").run();
    }

    /** Numbers that were forgotten and under which somebody is listed again have a name again, for whoever decides. */
    public static Uni<Void> recall(Sql sql) {
        return sql.update("""
                        update telephone t set e164 = p.e164 from phone_number p
                         where t.e164 is null and t.mark =""" + mark("p.e164")).run();
    }

    /**
     * A supervisor decides that a number may be called again.
     *
     * @return whether it rested
     */
    public static Uni<Boolean> release(Sql sql, String e164, long supervisor, String why, Instant now) {
        return sql.update("""
                        update telephone set state = 'USABLE', until = null, known_to = null, since = :now,
                               decided_at = :now, decided_by = :supervisor, decision = :why
                         where mark = @mark@ and state <> 'USABLE'""".replace("@mark@", mark("cast(:e164 as text)")))
                .set("e164", e164)
                .set("supervisor", supervisor)
                .set("why", why)
                .set("now", now)
                .count()
                .map(count -> count > 0);
    }
}
