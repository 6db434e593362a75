package fr.raccroche.sms;

import fr.raccroche.platform.Sql;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The last texts from a youth, a few and not all: those that nobody read, before others. */
public final class LastTexts {

    /**
     * A text that came in from the youth.
     *
     * @param unread whether nobody read it before
     * @param shared whether several youths have its number: which of them wrote is not known
     */
    public record Said(Instant at, String words, boolean unread, boolean shared) {}

    /** Where a text came from, and what it said. */
    public record Came(String e164, String body) {}

    private static final Duration TEXTS_BACK = Duration.ofDays(30);

    private static final String LAST_TEXTS = """
            select m.id, m.created_at, m.body, m.media, m.handled_at is null as unread, m.youth_id is null as shared
            from sms_message m
            where m.direction = 'IN' and m.created_at > :since and m.created_at <= :until
              and (m.youth_id = :youth
                   or (m.youth_id is null and m.e164 in (select p.e164 from phone_number p
                                                          where p.youth_id = :youth and p.state <> 'WRONG')))
            order by m.handled_at is not null, m.created_at desc limit 3
            """;

    private LastTexts() {}

    /** The words of a text as a person sees them; what came without words says so. */
    public static String shown(String body, int media) {
        String words = body.isBlank() ? "" : body;
        return media > 0 ? (words + " [image reçue]").strip() : words.isEmpty() ? "[SMS vide]" : words;
    }

    /** Oldest first, as they are at {@code now}. */
    public static Uni<List<Said>> of(Sql sql, long youthId, Instant now) {
        return sql.query("select * from (" + LAST_TEXTS + ") m order by m.created_at, m.id")
                .set("youth", youthId)
                .set("since", now.minus(TEXTS_BACK))
                .set("until", now)
                .list(row -> new Said(
                        row.instant("created_at"),
                        shown(row.text("body"), row.integer("media")),
                        row.flag("unread"),
                        row.flag("shared")));
    }

    /** The agent read what {@link #of} showed at {@code shown}, when the call was answered; what came in later waits. */
    public static Uni<Void> markRead(Sql sql, long youthId, Instant shown, Instant now) {
        return sql.update(
                        "update sms_message set handled_at = :now where handled_at is null and id in (select id from ("
                                + LAST_TEXTS + ") m)")
                .set("youth", youthId)
                .set("since", shown.minus(TEXTS_BACK))
                .set("until", shown)
                .set("now", now)
                .run();
    }

    /** The number and the words of a text that came in; null when there is no such text. */
    public static Uni<@Nullable Came> came(Sql sql, long id) {
        return sql.query("select e164, body from sms_message where id = :id and direction = 'IN'")
                .set("id", id)
                .first(row -> new Came(row.text("e164"), row.text("body")));
    }

    /** Somebody decided that this number need not wait for the hour that it named. */
    public static Uni<Void> forgetTime(Sql sql, String e164) {
        return sql.update("update sms_message set not_before = null where e164 = :e164 and not_before is not null")
                .set("e164", e164)
                .run();
    }

    /** Somebody took notice of a text that came in; false when there is no such text. */
    public static Uni<Boolean> notice(Sql sql, long id, Instant now) {
        return sql.update("""
                        update sms_message set handled_at = coalesce(handled_at, :now)
                        where id = :id and direction = 'IN'""").set("now", now).set("id", id).count().map(count -> count == 1);
    }
}
