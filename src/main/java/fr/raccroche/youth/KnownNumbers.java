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
