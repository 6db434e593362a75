package fr.raccroche.list;

import fr.raccroche.platform.Sql;
import fr.raccroche.youth.IdentityMatch.Doubt;
import io.smallrye.mutiny.Uni;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows that may mean somebody known, and whom they may mean. */
final class DoubtfulRows {

    private DoubtfulRows() {}

    /** Which doubtful rows of a list still matter: of versions that stand, none older than the last complete one. */
    private static final String DOUBTFUL = """
            select d.id, v.list_id, d.line, d.reason, cast(d.person as text) as person, d.candidate_id, d.state,
                   d.decided_at, a.display_name
              from doubtful_row d join list_version v on v.id = d.version_id and v.undone_at is null
              left join account a on a.id = d.decided_by
            """;

    /** Rows of a list that wait for a decision, in the order of the files, from behind one on. */
    static Uni<List<DoubtfulRow>> open(Sql sql, long list, long after, int limit) {
        return sql.query(DOUBTFUL + """
                         where v.list_id = :list and d.state = 'OPEN' and d.id > :after
                           and v.id >= coalesce((select max(c.id) from list_version c
                                where c.list_id = :list and c.complete and c.number is not null
                                  and c.undone_at is null), 0)
                         order by d.id limit :limit""")
                .set("list", list)
                .set("after", after)
                .set("limit", limit)
                .list(DoubtfulRows::row);
    }

    /** Rows of a list about which somebody decided, the latest first. */
    static Uni<List<DoubtfulRow>> decided(Sql sql, long list, int limit) {
        return sql.query(DOUBTFUL + """
                         where v.list_id = :list and d.state <> 'OPEN'
                         order by d.decided_at desc, d.id desc limit :limit""").set("list", list).set("limit", limit).list(DoubtfulRows::row);
    }

    /** One doubtful row, or null when there is none. */
    static Uni<@Nullable DoubtfulRow> byId(Sql sql, long id) {
        return sql.query(DOUBTFUL + "where d.id = :id").set("id", id).first(DoubtfulRows::row);
    }

    /** What is known of a youth. */
    static Uni<KnownYouth> youth(Sql sql, long id) {
        return sql.query("""
                        select y.ine, y.siei_number, y.last_name, y.first_name, y.birth_date, y.sex, y.address,
                               y.postal_code, y.commune_name, y.email, y.school_uai, y.last_training,
                               (select string_agg(p.e164, ' ' order by p.rank) from phone_number p
                                 where p.youth_id = y.id) as phones,
                               (select string_agg(concat_ws(' ', g.first_name, g.last_name), chr(10) order by g.rank)
                                  from legal_guardian g where g.youth_id = y.id) as guardians
                          from youth y where y.id = :id""")
                .set("id", id)
                .one(row -> new KnownYouth(
                        row.textOrNull("ine"),
                        row.textOrNull("siei_number"),
                        row.text("last_name"),
                        row.text("first_name"),
                        row.date("birth_date"),
                        row.textOrNull("sex"),
                        row.textOrNull("address"),
                        row.textOrNull("postal_code"),
                        row.textOrNull("commune_name"),
                        row.textOrNull("email"),
                        row.textOrNull("school_uai"),
                        row.textOrNull("last_training"),
                        split(row.textOrNull("phones"), " "),
                        split(row.textOrNull("guardians"), "\n")));
    }

    private static List<String> split(@Nullable String text, String separator) {
        return text == null || text.isEmpty() ? List.of() : List.of(text.split(separator));
    }

    private static DoubtfulRow row(Sql.Row row) {
        return new DoubtfulRow(
                row.id("id"),
                row.id("list_id"),
                row.integer("line"),
                row.constant(Doubt.class, "reason"),
                row.text("person"),
                row.id("candidate_id"),
                row.text("state").equals("OPEN"),
                row.text("state").equals("MERGED"),
                row.instantOrNull("decided_at"),
                row.textOrNull("display_name"));
    }
}
