package fr.raccroche.list;

import fr.raccroche.list.Person.Phone;
import fr.raccroche.youth.LegalGuardian;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The SQL of one load, in one transaction of the caller: rows into a temporary table by COPY, people matched, then
 * everything inserted set by set.
 *
 * <p>Nothing is visible before the commit; a process killed on the way leaves nothing.
 */
final class Loading {

    private static final long LOCK = 0x5261_6363_0002L;
    private static final String REJECTS = "rejected_row (version_id, line, field, reason, detail, raw)";

    private final Connection connection;

    Loading(Connection connection) {
        this.connection = connection;
    }

    /** One list file at a time; the next waits here until this transaction ends. */
    void waitForTurn() throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("select pg_advisory_xact_lock(" + LOCK + ")");
        }
    }

    /** The list that was loaded from exactly these bytes, or null. */
    @Nullable
    Long listOf(byte[] sha256) throws SQLException {
        try (var statement = connection.prepareStatement("select list_id from list_version where sha256 = ?")) {
            statement.setBytes(1, sha256);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? (Long) row.getLong(1) : null;
            }
        }
    }

    long createList(ListImport.Upload upload) throws SQLException {
        return id(
                "insert into dropout_list (name, reference_date, created_at, created_by) values (?, ?, ?, ?) returning id",
                upload.name(),
                upload.referenceDate(),
                Timestamp.from(upload.at()),
                upload.account());
    }

    long createVersion(long list, ListImport.Upload upload, byte[] sha256, String header) throws SQLException {
        return id("""
                insert into list_version (list_id, file_name, sha256, loaded_at, header_line)
                values (?, ?, ?, ?, ?) returning id""", list, upload.fileName(), sha256, Timestamp.from(upload.at()), header);
    }

    /** Opens the way for accepted rows. */
    CopyText stage() throws SQLException {
        execute("""
                create temporary table list_row (
                    line integer, ine text, siei_number text, last_name text, first_name text, name_key text,
                    birth_date date, sex text, address text, postal_code text, commune_name text, commune_insee text,
                    email text, school_uai text, last_training text,
                    guardian1 boolean, last_name1 text, first_name1 text, commune_insee1 text,
                    guardian2 boolean, last_name2 text, first_name2 text, commune_insee2 text,
                    e164 text[], owner text[], mobile boolean[]) on commit drop""");
        return new CopyText(connection, "list_row");
    }

    static void stage(CopyText rows, int line, Person person) throws SQLException {
        rows.value(line)
                .value(person.ine())
                .value(person.sieiNumber())
                .value(person.lastName())
                .value(person.firstName())
                .value(person.nameKey())
                .value(person.birthDate().toString())
                .value(person.sex())
                .value(person.address())
                .value(person.postalCode())
                .value(person.communeName())
                .value(person.communeInsee())
                .value(person.email())
                .value(person.schoolUai())
                .value(person.lastTraining());
        stage(rows, person.guardian1());
        stage(rows, person.guardian2());
        stagePhones(rows, person);
        rows.end();
    }

    private static void stage(CopyText rows, @Nullable LegalGuardian guardian) {
        rows.value(guardian != null)
                .value(guardian == null ? null : guardian.lastName())
                .value(guardian == null ? null : guardian.firstName())
                .value(guardian == null ? null : guardian.communeInsee());
    }

    private static void stagePhones(CopyText rows, Person person) {
        var numbers = new StringBuilder("{");
        var owners = new StringBuilder("{");
        var mobiles = new StringBuilder("{");
        for (Phone phone : person.phones()) {
            String separator = numbers.length() == 1 ? "" : ",";
            numbers.append(separator).append(phone.e164());
            owners.append(separator).append(phone.owner());
            mobiles.append(separator).append(phone.mobile());
        }
        rows.value(numbers.append('}').toString())
                .value(owners.append('}').toString())
                .value(mobiles.append('}').toString());
    }

    /**
     * Finds who is known already (R13): same INE, else same SIEI number, else same name and birth date unless an
     * identifier contradicts. Nobody is matched twice: of two rows that mean one known person the first stays.
     */
    void match() throws SQLException {
        execute("analyze list_row");
        execute("create temporary table list_match (line integer, youth_id bigint, known boolean) on commit drop");
        execute("""
                insert into list_match
                select line, coalesce(known_id, nextval('youth_id_seq')), known_id is not null
                  from (select r.line, coalesce(i.id, n.id, k.id) as known_id
                          from list_row r
                          left join youth i on i.ine = r.ine
                          left join youth n on n.siei_number = r.siei_number
                          left join lateral (
                               select min(y.id) as id from youth y
                                where i.id is null and n.id is null
                                  and y.name_key = r.name_key and y.birth_date = r.birth_date
                                  and (y.ine is null or r.ine is null or y.ine = r.ine)
                                  and (y.siei_number is null or r.siei_number is null
                                       or y.siei_number = r.siei_number)) k on true
                         order by r.line) as matched""");
        execute("analyze list_match");
    }

    /** Lines that mean a known person whom an earlier line meant already, each with that earlier line; removed. */
    Map<Integer, Integer> dropRepeated() throws SQLException {
        try (var statement = connection.prepareStatement("""
                with repeated as (
                    select line, first_line
                      from (select line, min(line) over (partition by youth_id) as first_line
                              from list_match where known) as same
                     where line > first_line)
                delete from list_match m using repeated r where m.line = r.line returning r.line, r.first_line""")) {
            var lines = new TreeMap<Integer, Integer>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    lines.put(row.getInt(1), row.getInt(2));
                }
            }
            return lines;
        }
    }

    /** Inserts the people nobody knew; completes the known ones where a fact was missing, overwriting nothing. */
    void mergeYouths(Instant at) throws SQLException {
        run("""
                insert into youth (id, ine, siei_number, last_name, first_name, name_key, birth_date, sex, address,
                                   postal_code, commune_name, commune_insee, email, school_uai, last_training,
                                   created_at)
                overriding system value
                select m.youth_id, ine, siei_number, last_name, first_name, name_key, birth_date, sex, address,
                       postal_code, commune_name, commune_insee, email, school_uai, last_training, ?
                  from list_row r join list_match m using (line)
                 where not m.known order by line""", Timestamp.from(at));
        run("""
                update youth y
                   set ine = coalesce(y.ine, (select r.ine where not exists (
                             select from youth other where other.ine = r.ine))),
                       siei_number = coalesce(y.siei_number, (select r.siei_number where not exists (
                             select from youth other where other.siei_number = r.siei_number))),
                       sex = coalesce(y.sex, r.sex),
                       address = coalesce(y.address, r.address),
                       postal_code = coalesce(y.postal_code, r.postal_code),
                       commune_name = coalesce(y.commune_name, r.commune_name),
                       commune_insee = coalesce(y.commune_insee, r.commune_insee),
                       email = coalesce(y.email, r.email),
                       school_uai = coalesce(y.school_uai, r.school_uai),
                       last_training = coalesce(y.last_training, r.last_training)
                  from list_row r join list_match m using (line)
                 where m.known and y.id = m.youth_id
                   and ((y.ine is null and r.ine is not null)
                        or (y.siei_number is null and r.siei_number is not null)
                        or (y.commune_insee is null and r.commune_insee is not null)
                        or (y.email is null and r.email is not null)
                        or (y.school_uai is null and r.school_uai is not null))""");
    }

    /** Adds numbers and guardians; a number or guardian that is known keeps its state and facts (R10). */
    void mergeContacts(String source, Instant at) throws SQLException {
        run("""
                insert into phone_number (youth_id, e164, owner, rank, mobile, source, since)
                select m.youth_id, p.e164, p.owner,
                       p.place + case when m.known then coalesce((select max(x.rank) from phone_number x
                                                                   where x.youth_id = m.youth_id), 0) else 0 end,
                       p.mobile, ?, ?
                  from list_row r join list_match m using (line)
                 cross join lateral unnest(r.e164, r.owner, r.mobile) with ordinality
                       as p (e164, owner, mobile, place)
                    on conflict (youth_id, e164) do nothing""", source, Timestamp.from(at));
        run("""
                insert into legal_guardian (youth_id, rank, last_name, first_name, commune_insee)
                select m.youth_id, g.rank, g.last_name, g.first_name, g.commune_insee
                  from list_row r join list_match m using (line)
                 cross join lateral (values
                       (r.guardian1, 1, r.last_name1, r.first_name1, r.commune_insee1),
                       (r.guardian2, 2, r.last_name2, r.first_name2, r.commune_insee2))
                       as g (given, rank, last_name, first_name, commune_insee)
                 where g.given
                    on conflict (youth_id, rank) do nothing""");
    }

    void mergeEntries(long list, long version) throws SQLException {
        run("""
                insert into list_entry (list_id, youth_id, version_id, line)
                select ?, youth_id, ?, line from list_match order by line""", list, version);
    }

    /** Opens the way for rejected rows. */
    CopyText rejects() throws SQLException {
        return new CopyText(connection, REJECTS);
    }

    void warnings(long version, Map<RowRules.Warning, Integer> counts) throws SQLException {
        try (var statement = connection.prepareStatement(
                "insert into list_warning (version_id, field, reason, rows) values (?, ?, ?, ?)")) {
            for (var count : counts.entrySet()) {
                set(
                        statement,
                        version,
                        count.getKey().column().header(),
                        count.getKey().issue().name(),
                        count.getValue());
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    /** Writes the balance of a load; every row is exactly one of created, known, rejected. */
    void balance(long version, int warnings) throws SQLException {
        run("""
                update list_version v
                   set created = m.created, known = m.known, rejected = j.rejected, warnings = ?,
                       rows = m.created + m.known + j.rejected
                  from (select count(*) filter (where not known) as created, count(*) filter (where known) as known
                          from list_match) as m,
                       (select count(*) as rejected from rejected_row where version_id = ?) as j
                 where v.id = ?""", warnings, version, version);
    }

    private void execute(String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private void run(String sql, Object... parameters) throws SQLException {
        try (var statement = connection.prepareStatement(sql)) {
            set(statement, parameters);
            statement.executeUpdate();
        }
    }

    private long id(String sql, @Nullable Object... parameters) throws SQLException {
        try (var statement = connection.prepareStatement(sql)) {
            set(statement, parameters);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    private static void set(PreparedStatement statement, @Nullable Object... parameters) throws SQLException {
        for (int i = 0; i < parameters.length; i++) {
            statement.setObject(i + 1, parameters[i]);
        }
    }
}
