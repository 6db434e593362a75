package fr.raccroche.youth;

import fr.raccroche.platform.Nothing;
import fr.raccroche.platform.Problem;
import fr.raccroche.platform.Sql;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What the database knows about youths; every method is one step of the caller's transaction. */
public final class Youths {

    private Youths() {}

    /** By which way an objection came in; it covers all ways whatever the way. */
    public enum Channel {
        CALL,
        SMS,
        OTHER
    }

    /** Another youth reached under one of the same numbers: a brother or sister, most often. */
    public record Sibling(long youthId, String lastName, String firstName, String e164) {}

    /** A youth found by a name or a number. */
    public record Found(
            long youthId,
            String lastName,
            String firstName,
            LocalDate birthDate,
            @Nullable String communeName) {}

    /**
     * The youths whose names begin with the words of {@code text}, or whose number or INE it is, {@code most} of them at
     * most; in the order of their names.
     */
    public static Uni<List<Found>> search(Sql sql, String text, int most) {
        String key = Identity.nameKey(text, "").replace("|", "").strip();
        String e164 = PhoneNumbers.read(text) instanceof PhoneNumbers.Usable usable ? usable.e164() : "";
        return sql.query("""
                        select y.* from youth y
                        where y.ine = :ine
                           or y.id in (select p.youth_id from phone_number p where p.e164 = :e164)
                           or (:key <> '' and not exists (
                               select 1 from unnest(string_to_array(:key, ' ')) as word
                               where ' ' || replace(y.name_key, '|', ' ') not like '% ' || word || '%'))
                        order by y.name_key, y.birth_date limit :most""")
                .set("ine", text.strip().toUpperCase(Locale.ROOT))
                .set("e164", e164)
                .set("key", key)
                .set("most", most)
                .list(row -> new Found(
                        row.id("id"),
                        row.text("last_name"),
                        row.text("first_name"),
                        row.date("birth_date"),
                        row.textOrNull("commune_name")));
    }

    /** The file of a youth, or null when there is no such youth. */
    public static Uni<@Nullable YouthFile> file(Sql sql, long youthId) {
        return sql.query("""
                        select y.id, y.ine, y.siei_number, y.last_name, y.first_name, y.birth_date, y.sex, y.address,
                               y.postal_code, y.commune_name, y.commune_insee, y.email, y.school_uai, y.last_training,
                               exists (select from objection o
                                             where o.youth_id = y.id and o.lifted_at is null) as objected
                          from youth y where y.id = :id""").set("id", youthId).first(Youths::identity).chain(file -> {
            if (file == null) {
                return Nothing.found();
            }
            return KnownNumbers.of(sql, youthId)
                    .chain(numbers -> guardians(sql, youthId)
                            .map(guardians -> (@Nullable YouthFile) file.with(numbers, guardians)));
        });
    }

    /**
     * Records that a youth does not want to be contacted any more: final, for every number and channel.
     *
     * @return whether it is new; false when an objection already stood, which keeps its date
     */
    public static Uni<Boolean> object(Sql sql, long youthId, Channel channel, Instant at) {
        return sql.update("""
                        insert into objection (youth_id, channel, at) values (:youth, :channel, :at)
                        on conflict (youth_id) where lifted_at is null do nothing""")
                .set("youth", youthId)
                .set("channel", channel)
                .set("at", at)
                .count()
                .map(count -> count > 0);
    }

    /** Whether an objection stands. */
    public static Uni<Boolean> objected(Sql sql, long youthId) {
        return sql.query("""
                        select exists (select from objection
                                        where youth_id = :youth and lifted_at is null) as objected""").set("youth", youthId).one(row -> row.flag("objected"));
    }

    /**
     * Undoes an objection that was recorded by mistake; it stays in the file with who undid it and why.
     *
     * @param supervisor account of the supervisor who answers for it
     * @throws Problem 400 without a reason
     * @return whether an objection stood
     */
    public static Uni<Boolean> liftObjection(Sql sql, long youthId, long supervisor, String reason, Instant at) {
        if (reason.isBlank()) {
            return Uni.createFrom()
                    .failure(Problem.badRequest("reason-missing", "Dites pourquoi cette opposition est levée."));
        }
        return sql.update("""
                        update objection set lifted_at = :at, lifted_by = :supervisor, lift_reason = :reason
                         where youth_id = :youth and lifted_at is null""")
                .set("at", at)
                .set("supervisor", supervisor)
                .set("reason", reason.strip())
                .set("youth", youthId)
                .count()
                .map(count -> count > 0);
    }

    /** The other youths who share a number with this one, each with the shared number. */
    public static Uni<List<Sibling>> siblings(Sql sql, long youthId) {
        return sql.query("""
                        select y.id, y.last_name, y.first_name, min(theirs.e164) as e164
                          from phone_number mine
                          join phone_number theirs on theirs.e164 = mine.e164 and theirs.youth_id <> mine.youth_id
                          join youth y on y.id = theirs.youth_id
                         where mine.youth_id = :id
                         group by y.id order by y.id""").set("id", youthId).list(Youths::sibling);
    }

    /** The youths who have this number, whoever owns it; not those for whom it turned out to be a stranger's. */
    public static Uni<List<Sibling>> withNumber(Sql sql, String e164) {
        return sql.query("""
                        select y.id, y.last_name, y.first_name, p.e164
                          from phone_number p join youth y on y.id = p.youth_id
                         where p.e164 = :e164 and p.state <> 'WRONG' order by y.id""").set("e164", e164).list(Youths::sibling);
    }

    /** The youth whose own number this is, and nobody else's; null when there is none such. */
    public static Uni<@Nullable Long> onTheirOwn(Sql sql, String e164) {
        return sql.query("""
                        select min(youth_id) as owner from phone_number
                         where e164 = :e164 and state <> 'WRONG'
                        having count(*) = 1 and min(owner) = 'YOUTH'""").set("e164", e164).first(row -> row.id("owner"));
    }

    private static Uni<List<LegalGuardian>> guardians(Sql sql, long youthId) {
        return sql.query("select * from legal_guardian where youth_id = :id order by rank")
                .set("id", youthId)
                .list(row -> new LegalGuardian(
                        row.integer("rank"),
                        row.textOrNull("last_name"),
                        row.textOrNull("first_name"),
                        row.textOrNull("commune_insee")));
    }

    private static Sibling sibling(Sql.Row row) {
        return new Sibling(row.id("id"), row.text("last_name"), row.text("first_name"), row.text("e164"));
    }

    private static YouthFile identity(Sql.Row row) {
        return new YouthFile(
                row.id("id"),
                row.textOrNull("ine"),
                row.textOrNull("siei_number"),
                row.text("last_name"),
                row.text("first_name"),
                row.date("birth_date"),
                row.textOrNull("sex"),
                new Home(
                        row.textOrNull("address"),
                        row.textOrNull("postal_code"),
                        row.textOrNull("commune_name"),
                        row.textOrNull("commune_insee")),
                row.textOrNull("email"),
                row.textOrNull("school_uai"),
                row.textOrNull("last_training"),
                List.of(),
                List.of(),
                row.flag("objected"));
    }
}
