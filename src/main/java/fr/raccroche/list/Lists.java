package fr.raccroche.list;

import fr.raccroche.list.row.Correction;
import fr.raccroche.list.row.RowIssue;
import fr.raccroche.platform.French;
import fr.raccroche.platform.Sql;
import fr.raccroche.youth.IdentityMatch.Doubt;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the database knows about lists, their versions and loads; every method is one step of the caller's transaction. */
final class Lists {

    private static final Pattern PHONES = Pattern.compile("\\+[0-9]+( \\+[0-9]+)*");

    private Lists() {}

    /**
     * A list as it stands.
     *
     * @param source who draws it, or null
     * @param people on the list now
     * @param withdrawn people who were on it
     * @param doubtful rows that a supervisor has to look at
     * @param last its latest version, null when all were undone
     */
    record Overview(
            long id,
            String name,
            @Nullable Long sourceId,
            @Nullable String source,
            LocalDate referenceDate,
            int people,
            int withdrawn,
            int doubtful,
            @Nullable Version last) {}

    /**
     * What was applied to a list in one piece: {@code rows = created + joined + changed + unchanged + rejected + doubtful}
     * and the rows that withdraw.
     *
     * @param number from 1 in the order of loading
     * @param load the load that made it
     */
    record Version(
            long id,
            long load,
            int number,
            String fileName,
            boolean complete,
            Instant loadedAt,
            @Nullable String loadedBy,
            int rows,
            int created,
            int joined,
            int changed,
            int unchanged,
            int withdrawn,
            int rejected,
            int doubtful,
            int followed,
            int warnings,
            boolean undone) {}

    /** A load with who sent it and for which list. */
    record LoadView(
            long id,
            @Nullable Long listId,
            String listName,
            @Nullable Long sourceId,
            @Nullable String source,
            LocalDate referenceDate,
            boolean complete,
            String fileName,
            Load.State state,
            boolean direct,
            @Nullable String preview,
            @Nullable String refusal,
            @Nullable String refusalDetail,
            @Nullable Integer version,
            long fileBytes,
            long bytesRead,
            int rowsRead,
            int rowsRejected,
            boolean cancelAsked,
            Instant createdAt,
            @Nullable String createdBy) {

        /** How much of the file has been read, in percent. */
        public int percent() {
            return fileBytes == 0 ? 100 : (int) Math.min(100, bytesRead * 100 / fileBytes);
        }

        /** Which of the four steps it is at: file, columns, effect, end. */
        public int step() {
            return switch (state) {
                case MAPPING -> 2;
                case QUEUED, READING, PREVIEW -> 3;
                case CONFIRMED, APPLYING, DONE, UNDOING, UNDONE -> 4;
                case REFUSED, CANCELED -> preview == null ? 1 : 3;
            };
        }

        /** The colour of its state in words of the style sheet; empty for none. */
        public String colour() {
            return switch (state) {
                case MAPPING, PREVIEW -> "warn";
                case READING, APPLYING, UNDOING -> "busy";
                case DONE -> "good";
                case REFUSED -> "bad";
                case QUEUED, CONFIRMED, CANCELED, UNDONE -> "";
            };
        }

        public boolean waitsForSomebody() {
            return state == Load.State.MAPPING || state == Load.State.PREVIEW;
        }

        public boolean cancelable() {
            return state.isCancelable();
        }
    }

    /** Who draws lists. */
    record Source(long id, String name) {}

    /** A version that was loaded from the same bytes. */
    record Twin(long listId, String listName, int number, Instant loadedAt, boolean latest) {}

    /** How many rows were rejected for a reason. */
    record Rejections(RowIssue reason, int rows) {}

    /** A cell whose stored value differs in substance from what was written. */
    record Corrected(int line, String field, String written, String value, Correction.Kind kind) {

        /** As people write it: phone numbers in groups of two. */
        public String kept() {
            return Arrays.stream(value.split(" "))
                    .map(French::phone)
                    .collect(Collectors.joining(PHONES.matcher(value).matches() ? ", " : " "));
        }
    }

    /** The columns of a file that made a version, as a JSON array. */
    record Columns(long listId, String headers) {}

    /**
     * A row that may mean somebody known.
     *
     * @param person the row as it was staged, as JSON
     * @param decidedBy null while nobody has decided
     */
    record DoubtfulRow(
            long id,
            long listId,
            int line,
            Doubt reason,
            String person,
            long candidate,
            boolean open,
            boolean merged,
            @Nullable Instant decidedAt,
            @Nullable String decidedBy) {}

    /**
     * Somebody known, for the eye.
     *
     * @param phones their numbers in the order to try
     * @param guardians names of the first and the second, as far as they are known
     * @param lists where they stand now
     */
    record KnownYouth(
            long id,
            @Nullable String ine,
            @Nullable String siei,
            String lastName,
            String firstName,
            LocalDate birthDate,
            @Nullable String sex,
            @Nullable String address,
            @Nullable String postalCode,
            @Nullable String commune,
            @Nullable String email,
            @Nullable String school,
            @Nullable String training,
            List<String> phones,
            List<String> guardians,
            @Nullable String lists) {}

    /** A key with which a source's own system sends changes. */
    record Token(
            long id,
            long sourceId,
            String label,
            Instant createdAt,
            @Nullable String createdBy,
            @Nullable Instant lastUsedAt,
            @Nullable Instant revokedAt) {}

    /** A source with how many lists it has drawn. */
    record SourceView(long id, String name, int lists) {}

    /** How busy a source is: loads begun lately, and loads that are not over. */
    record Traffic(int lately, int open) {}

    /** A load with how its file was read. */
    record LoadColumns(long id, String mapping) {}

    /** A row that was not accepted, its cells as one JSON array. */
    record Reject(
            int line,
            String field,
            RowIssue issue,
            @Nullable String detail,
            String cells) {

        /** Why, in words, with what was found. */
        String reason(ListMessages messages) {
            return detail == null ? messages.issue(issue) : messages.issue(issue) + " : " + detail;
        }
    }

    /** How often one kind of cell was dropped. */
    record Dropped(String field, RowIssue issue, int rows) {}

    private static final String VERSION = """
            v.id as version_id, w.id as load_id, v.number, v.file_name, v.complete, v.loaded_at, a.display_name, v.rows,
            v.created, v.joined, v.changed, v.unchanged, v.withdrawn, v.rejected, v.doubtful, v.followed, v.warnings,
            v.undone_at is not null as undone
            """;

    private static final String OVERVIEW = "select " + VERSION + """
                 , l.id, l.name, l.source_id, s.name as source, l.reference_date,
                   cast((select count(*) from list_entry e where e.list_id = l.id and e.withdrawn_by is null) as integer)
                       as people,
                   cast((select count(*) from list_entry e where e.list_id = l.id and e.withdrawn_by is not null) as integer)
                       as withdrawn_people,
                   cast((select count(*) from doubtful_row d join list_version dv on dv.id = d.version_id
                          where dv.list_id = l.id and d.state = 'OPEN' and dv.undone_at is null
                            and dv.id >= coalesce((select max(c.id) from list_version c
                                 where c.list_id = l.id and c.complete and c.number is not null and c.undone_at is null), 0))
                       as integer) as doubtful_rows
              from dropout_list l
              left join list_source s on s.id = l.source_id
              left join lateral (select * from list_version x where x.list_id = l.id and x.number is not null
                                    and x.undone_at is null order by x.id desc limit 1) v on true
              left join list_load w on w.version_id = v.id
              left join account a on a.id = v.loaded_by
            """;

    private static final String LOAD = """
            select w.id, coalesce(l.id, w.list_id) as list_id, coalesce(l.name, w.list_name) as list_name, w.source_id,
                   s.name as source, w.reference_date, w.complete, w.file_name, w.state, w.direct, w.preview, w.refusal,
                   w.refusal_detail, v.number, w.file_bytes, w.bytes_read, w.rows_read, w.rows_rejected, w.cancel_asked,
                   w.created_at, a.display_name
              from list_load w
              left join dropout_list l on l.id = w.list_id
              left join list_source s on s.id = w.source_id
              left join list_version v on v.id = w.version_id
              left join account a on a.id = w.created_by
            """;

    /** All lists, the newest first. */
    static Uni<List<Overview>> all(Sql sql) {
        return sql.query(OVERVIEW + "order by l.id desc").list(Lists::overview);
    }

    /** One list, or null when there is none. */
    static Uni<@Nullable Overview> byId(Sql sql, long id) {
        return sql.query(OVERVIEW + "where l.id = :id").set("id", id).first(Lists::overview);
    }

    /** The versions of a list, the newest first, undone ones included. */
    static Uni<List<Version>> versions(Sql sql, long list) {
        return sql.query("select " + VERSION + """
                          from list_version v join list_load w on w.version_id = v.id
                          left join account a on a.id = v.loaded_by
                         where v.list_id = :list and v.number is not null order by v.id desc""").set("list", list).list(Lists::version);
    }

    /** One load, or null when there is none. */
    static Uni<@Nullable LoadView> load(Sql sql, long id) {
        return sql.query(LOAD + "where w.id = :id").set("id", id).first(Lists::loadView);
    }

    /** Loads that are not over, in the order of their turn. */
    static Uni<List<LoadView>> openLoads(Sql sql) {
        return sql.query(LOAD + """
                        where w.state in ('MAPPING', 'QUEUED', 'READING', 'PREVIEW', 'CONFIRMED', 'APPLYING', 'UNDOING')
                        order by w.id""").list(Lists::loadView);
    }

    /** Loads that are over, the latest first. */
    static Uni<List<LoadView>> endedLoads(Sql sql, int limit) {
        return sql.query(LOAD + """
                        where w.state in ('DONE', 'REFUSED', 'CANCELED', 'UNDONE')
                        order by w.id desc limit :limit""").set("limit", limit).list(Lists::loadView);
    }

    /** Other loads of the same list that are not over. */
    static Uni<List<LoadView>> rivals(Sql sql, long load) {
        return sql.query(LOAD + """
                        where w.list_id = (select list_id from list_load where id = :load) and w.id <> :load
                          and w.state in ('MAPPING', 'QUEUED', 'READING', 'PREVIEW', 'CONFIRMED', 'APPLYING', 'UNDOING')
                        order by w.id""").set("load", load).list(Lists::loadView);
    }

    /** Versions that stand and were loaded from the same bytes as a load's, the latest first. */
    static Uni<List<Twin>> twins(Sql sql, long load) {
        return sql.query("""
                        select v.list_id, l.name, v.number, v.loaded_at,
                               not exists (select from list_version x where x.list_id = v.list_id and x.id > v.id
                                              and x.number is not null and x.undone_at is null) as latest
                          from list_load w
                          join list_version v on v.sha256 = w.sha256 and v.number is not null and v.undone_at is null
                           and v.id is distinct from w.version_id
                          join dropout_list l on l.id = v.list_id
                         where w.id = :load order by v.id desc limit 3""")
                .set("load", load)
                .list(row -> new Twin(
                        row.id("list_id"),
                        row.text("name"),
                        row.integer("number"),
                        row.instant("loaded_at"),
                        row.flag("latest")));
    }

    static Uni<List<Source>> sources(Sql sql) {
        return sql.query("select id, name from list_source order by name")
                .list(row -> new Source(row.id("id"), row.text("name")));
    }

    /** The source of this name, made when there is none. */
    static Uni<Long> source(Sql sql, String name, long account, Instant now) {
        return sql.query("""
                        insert into list_source (name, created_at, created_by) values (:name, :now, :account)
                            on conflict (name) do update set name = excluded.name returning id""")
                .set("name", name)
                .set("now", now)
                .set("account", account)
                .one(row -> row.id("id"));
    }

    /** The columns of the files that made the latest versions. */
    static Uni<List<Columns>> columns(Sql sql, int limit) {
        return sql.query("""
                        select list_id, headers from list_version
                         where number is not null and undone_at is null order by id desc limit :limit""").set("limit", limit).list(row -> new Columns(row.id("list_id"), row.text("headers")));
    }

    /** Why rows of a load were rejected, the most frequent reason first. */
    static Uni<List<Rejections>> rejections(Sql sql, long load) {
        return sql.query("""
                        select reason, cast(count(*) as integer) as rows from rejected_row
                         where load_id = :load group by reason order by 2 desc, 1""")
                .set("load", load)
                .list(row -> new Rejections(row.constant(RowIssue.class, "reason"), row.integer("rows")));
    }

    /** What was corrected in accepted rows, in the order of the file. */
    static Uni<List<Corrected>> corrections(Sql sql, long load, int limit) {
        return sql.query("""
                        select line, field, raw, value, kind from list_correction
                         where load_id = :load order by line, field limit :limit""")
                .set("load", load)
                .set("limit", limit)
                .list(row -> new Corrected(
                        row.integer("line"),
                        row.text("field"),
                        row.text("raw"),
                        row.text("value"),
                        row.constant(Correction.Kind.class, "kind")));
    }

    /** The names of the columns of the file that a load brought, as a JSON array. */
    static Uni<@Nullable String> mapping(Sql sql, long load) {
        return sql.query("select mapping from list_load where id = :id")
                .set("id", load)
                .first(row -> row.textOrNull("mapping"));
    }

    /**
     * Rejected rows of a load in the order of the file, from behind a line on.
     *
     * @param reason only these; null for all
     */
    static Uni<List<Reject>> rejects(Sql sql, long load, @Nullable RowIssue reason, int afterLine, int limit) {
        return sql.query("""
                        select line, field, reason, detail, cells from rejected_row
                         where load_id = :load and line > :after
                           and (cast(:reason as text) is null or reason = cast(:reason as text))
                         order by line limit :limit""")
                .set("load", load)
                .set("reason", reason)
                .set("after", afterLine)
                .set("limit", limit)
                .list(row -> new Reject(
                        row.integer("line"),
                        row.text("field"),
                        row.constant(RowIssue.class, "reason"),
                        row.textOrNull("detail"),
                        row.text("cells")));
    }

    /** What was dropped from accepted rows, the most frequent first. */
    static Uni<List<Dropped>> dropped(Sql sql, long load) {
        return sql.query("""
                        select field, reason, rows from list_warning
                         where load_id = :load order by rows desc, field""")
                .set("load", load)
                .list(row ->
                        new Dropped(row.text("field"), row.constant(RowIssue.class, "reason"), row.integer("rows")));
    }

    /** The loads of a list since its last complete file, that one included. */
    static Uni<List<LoadColumns>> loadsSinceComplete(Sql sql, long list) {
        return sql.query("""
                        select w.id, w.mapping from list_load w join list_version v on v.id = w.version_id
                         where v.list_id = :list and v.undone_at is null and w.mapping is not null
                           and v.id >= coalesce((select max(c.id) from list_version c
                                where c.list_id = :list and c.complete and c.number is not null
                                  and c.undone_at is null), 0)
                         order by w.id""").set("list", list).list(row -> new LoadColumns(row.id("id"), row.text("mapping")));
    }

    /** What is known of the people of a list, school by school; the code is empty where none is known. */
    static Uni<List<Quality.Counts>> schools(Sql sql, long list) {
        return sql.query("""
                        with since as (
                             select coalesce(max(id), 0) as id from list_version
                              where list_id = :list and complete and number is not null and undone_at is null),
                        entry as (
                             select e.youth_id, e.withdrawn_by is null as listed, coalesce(y.school_uai, '') as uai
                               from list_entry e join youth y on y.id = e.youth_id
                              where e.list_id = :list),
                        answer as (
                             select c.youth_id, bool_or(c.attempts > 0) as called,
                                    bool_or(c.state in ('IN_SOLUTION', 'REFERRED', 'NO_REFERRAL', 'REFUSED')) as reached,
                                    bool_or(c.state = 'IN_SOLUTION') as in_solution
                               from campaign k join campaign_youth c on c.campaign_id = k.id
                              where k.list_id = :list group by c.youth_id),
                        people as (
                             select e.uai, count(*) filter (where e.listed) as people,
                                    count(*) filter (where not e.listed) as withdrawn,
                                    count(*) filter (where a.called) as called,
                                    count(*) filter (where a.reached) as reached,
                                    count(*) filter (where a.in_solution) as in_solution
                               from entry e left join answer a on a.youth_id = e.youth_id group by e.uai),
                        number as (
                             select e.uai, count(*) as tried,
                                    count(*) filter (where p.state in ('WRONG', 'NOT_IN_SERVICE')) as dead
                               from entry e join phone_number p on p.youth_id = e.youth_id
                              where p.state <> 'UNTRIED' group by e.uai),
                        doubt as (
                             select coalesce(d.person ->> 'school_uai', '') as uai, count(*) as doubtful
                               from doubtful_row d join list_version v on v.id = d.version_id, since
                              where v.list_id = :list and v.undone_at is null and v.id >= since.id and d.state = 'OPEN'
                              group by 1),
                        correction as (
                             select coalesce(c.school_uai, '') as uai, count(*) as corrected
                               from list_correction c join list_load w on w.id = c.load_id
                               join list_version v on v.id = w.version_id, since
                              where v.list_id = :list and v.undone_at is null and v.id >= since.id
                              group by 1)
                        select uai, cast(coalesce(people, 0) as integer) as people,
                               cast(coalesce(withdrawn, 0) as integer) as withdrawn,
                               cast(coalesce(doubtful, 0) as integer) as doubtful,
                               cast(coalesce(corrected, 0) as integer) as corrected,
                               cast(coalesce(called, 0) as integer) as called,
                               cast(coalesce(reached, 0) as integer) as reached,
                               cast(coalesce(in_solution, 0) as integer) as in_solution,
                               cast(coalesce(tried, 0) as integer) as tried,
                               cast(coalesce(dead, 0) as integer) as dead
                          from people full join doubt using (uai) full join number using (uai)
                          full join correction using (uai)
                         order by uai""")
                .set("list", list)
                .list(row -> new Quality.Counts(
                        row.text("uai"),
                        row.integer("people"),
                        row.integer("withdrawn"),
                        row.integer("doubtful"),
                        row.integer("corrected"),
                        row.integer("called"),
                        row.integer("reached"),
                        row.integer("in_solution"),
                        row.integer("tried"),
                        row.integer("dead")));
    }

    /** Which doubtful rows of a list still matter: of versions that stand, none older than the last complete one. */
    private static final String DOUBTFUL = """
            select d.id, v.list_id, d.line, d.reason, cast(d.person as text) as person, d.candidate_id, d.state,
                   d.decided_at, a.display_name
              from doubtful_row d join list_version v on v.id = d.version_id and v.undone_at is null
              left join account a on a.id = d.decided_by
            """;

    /** Rows of a list that wait for a decision, in the order of the files, from behind one on. */
    static Uni<List<DoubtfulRow>> doubtful(Sql sql, long list, long after, int limit) {
        return sql.query(DOUBTFUL + """
                         where v.list_id = :list and d.state = 'OPEN' and d.id > :after
                           and v.id >= coalesce((select max(c.id) from list_version c
                                where c.list_id = :list and c.complete and c.number is not null
                                  and c.undone_at is null), 0)
                         order by d.id limit :limit""")
                .set("list", list)
                .set("after", after)
                .set("limit", limit)
                .list(Lists::doubtfulRow);
    }

    /** Rows of a list about which somebody decided, the latest first. */
    static Uni<List<DoubtfulRow>> decided(Sql sql, long list, int limit) {
        return sql.query(DOUBTFUL + """
                         where v.list_id = :list and d.state <> 'OPEN'
                         order by d.decided_at desc, d.id desc limit :limit""").set("list", list).set("limit", limit).list(Lists::doubtfulRow);
    }

    /** One doubtful row, or null when there is none. */
    static Uni<@Nullable DoubtfulRow> doubtfulRow(Sql sql, long id) {
        return sql.query(DOUBTFUL + "where d.id = :id").set("id", id).first(Lists::doubtfulRow);
    }

    /** What is known of a youth. */
    static Uni<KnownYouth> youth(Sql sql, long id) {
        return sql.query("""
                        select y.id, y.ine, y.siei_number, y.last_name, y.first_name, y.birth_date, y.sex, y.address,
                               y.postal_code, y.commune_name, y.email, y.school_uai, y.last_training,
                               (select string_agg(p.e164, ' ' order by p.rank) from phone_number p
                                 where p.youth_id = y.id) as phones,
                               (select string_agg(concat_ws(' ', g.first_name, g.last_name), chr(10) order by g.rank)
                                  from legal_guardian g where g.youth_id = y.id) as guardians,
                               (select string_agg(l.name, ', ' order by l.id)
                                  from list_entry e join dropout_list l on l.id = e.list_id
                                 where e.youth_id = y.id and e.withdrawn_by is null) as lists
                          from youth y where y.id = :id""")
                .set("id", id)
                .one(row -> new KnownYouth(
                        row.id("id"),
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
                        split(row.textOrNull("guardians"), "\n"),
                        row.textOrNull("lists")));
    }

    private static List<String> split(@Nullable String text, String separator) {
        return text == null || text.isEmpty() ? List.of() : List.of(text.split(separator));
    }

    /** All sources by name. */
    static Uni<List<SourceView>> sourceViews(Sql sql) {
        return sql.query("""
                        select s.id, s.name,
                               cast((select count(*) from dropout_list l where l.source_id = s.id) as integer) as lists
                          from list_source s order by s.name""").list(row -> new SourceView(row.id("id"), row.text("name"), row.integer("lists")));
    }

    /** All tokens, the newest first. */
    static Uni<List<Token>> tokens(Sql sql) {
        return sql.query("""
                        select t.*, a.display_name from source_token t left join account a on a.id = t.created_by
                         order by t.id desc""")
                .list(row -> new Token(
                        row.id("id"),
                        row.id("source_id"),
                        row.text("label"),
                        row.instant("created_at"),
                        row.textOrNull("display_name"),
                        row.instantOrNull("last_used_at"),
                        row.instantOrNull("revoked_at")));
    }

    /** Keeps the hash of a new token; null when there is no such source. */
    static Uni<@Nullable Long> addToken(Sql sql, long source, String label, byte[] hash, long account, Instant now) {
        return sql.query("""
                        insert into source_token (source_id, label, token_hash, created_at, created_by)
                        select id, :label, :hash, :now, :account from list_source where id = :source returning id""")
                .set("source", source)
                .set("label", label)
                .set("hash", hash)
                .set("account", account)
                .set("now", now)
                .first(row -> row.id("id"));
    }

    /** Ends a token; false when there is none that still works. */
    static Uni<Boolean> revoke(Sql sql, long token, Instant now) {
        return sql.update("update source_token set revoked_at = :now where id = :id and revoked_at is null")
                .set("id", token)
                .set("now", now)
                .count()
                .map(revoked -> revoked == 1);
    }

    /** The source a token speaks for, or null when it is unknown or revoked; notes the use. */
    static Uni<@Nullable Source> bySource(Sql sql, byte[] hash, Instant now) {
        return sql.query("""
                        update source_token t set last_used_at = :now from list_source s
                         where t.token_hash = :hash and t.revoked_at is null and s.id = t.source_id
                        returning s.id, s.name""")
                .set("hash", hash)
                .set("now", now)
                .first(row -> new Source(row.id("id"), row.text("name")));
    }

    static Uni<Traffic> traffic(Sql sql, long source, Instant since) {
        return sql.query("""
                        select cast(count(*) filter (where created_at > :since) as integer) as lately,
                               cast(count(*) filter (where state in ('MAPPING', 'QUEUED', 'READING', 'PREVIEW', 'CONFIRMED',
                                                                'APPLYING')) as integer) as open
                          from list_load where source_id = :source and created_by is null""")
                .set("source", source)
                .set("since", since)
                .one(row -> new Traffic(row.integer("lately"), row.integer("open")));
    }

    /** Whether a source has sent something under this key. */
    static Uni<Boolean> isRepeated(Sql sql, long source, String key) {
        return sql.query("select 1 as one from list_load where source_id = :source and request_key = :key")
                .set("source", source)
                .set("key", key)
                .first(row -> true)
                .map(Boolean.TRUE::equals);
    }

    private static DoubtfulRow doubtfulRow(Sql.Row row) {
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

    private static Overview overview(Sql.Row row) {
        return new Overview(
                row.id("id"),
                row.text("name"),
                row.idOrNull("source_id"),
                row.textOrNull("source"),
                row.date("reference_date"),
                row.integer("people"),
                row.integer("withdrawn_people"),
                row.integer("doubtful_rows"),
                row.idOrNull("version_id") == null ? null : version(row));
    }

    private static Version version(Sql.Row row) {
        return new Version(
                row.id("version_id"),
                row.id("load_id"),
                row.integer("number"),
                row.text("file_name"),
                row.flag("complete"),
                row.instant("loaded_at"),
                row.textOrNull("display_name"),
                row.integer("rows"),
                row.integer("created"),
                row.integer("joined"),
                row.integer("changed"),
                row.integer("unchanged"),
                row.integer("withdrawn"),
                row.integer("rejected"),
                row.integer("doubtful"),
                row.integer("followed"),
                row.integer("warnings"),
                row.flag("undone"));
    }

    private static LoadView loadView(Sql.Row row) {
        return new LoadView(
                row.id("id"),
                row.idOrNull("list_id"),
                row.text("list_name"),
                row.idOrNull("source_id"),
                row.textOrNull("source"),
                row.date("reference_date"),
                row.flag("complete"),
                row.text("file_name"),
                row.constant(Load.State.class, "state"),
                row.flag("direct"),
                row.textOrNull("preview"),
                row.textOrNull("refusal"),
                row.textOrNull("refusal_detail"),
                row.integerOrNull("number"),
                row.id("file_bytes"),
                row.id("bytes_read"),
                row.integer("rows_read"),
                row.integer("rows_rejected"),
                row.flag("cancel_asked"),
                row.instant("created_at"),
                row.textOrNull("display_name"));
    }
}
