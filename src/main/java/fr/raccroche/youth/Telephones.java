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

    /** How the telephone of a row {@code p} of {@code phone_number} stands for it: JSON, or null when nothing is known. */
    public static final String OF_PHONE = """
            (select json_build_object('state', t.state, 'until',
                       case when p.id > t.known_to then null
                            else cast(extract(epoch from t.until) * 1000 as bigint) end)
               from telephone t
              where t.mark = @mark@ and t.state <> 'USABLE')""".replace("@mark@", mark("p.e164"));

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

    /** How a number stands for somebody who is listed under it already. */
    public static Uni<Telephone> of(Sql sql, String e164) {
        return sql.query("select state, until from telephone where mark = " + mark("cast(:e164 as text)"))
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
