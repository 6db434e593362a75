package fr.raccroche.bench;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The data of a bench, fictional, and the same work by bare SQL over JDBC: what the same server does when nobody asks any
 * rule. Youths are due in another order than they are stored in, as after some rounds of calls. No number overseas
 * begins with a zero: nobody has theirs.
 */
final class BenchQueue {

    /**
     * A campaign of the bench.
     *
     * @param agents the accounts of its agents, who have a line and a session each; they follow each other
     */
    record Campaign(long id, List<Long> agents) {}

    /** How the database is reached. */
    record Access(String url, String user, String password) {
        Connection open() throws SQLException {
            return DriverManager.getConnection(url, user, password);
        }
    }

    private static final String PEOPLE = """
            insert into dropout_list (name, reference_date, created_at)
              values (@name@, date '2026-11-01', now());
            insert into youth (last_name, first_name, name_key, birth_date)
              select 'Banc', 'Essai ' || i, 'banc essai ' || i, cast(now() - interval '17 years' as date)
                from generate_series(1, @due@) i;
            insert into phone_number (youth_id, e164, owner, rank, mobile, source)
              select y.id, '+262' || lpad(cast(y.id as text), 9, '0'), 'YOUTH', 1, true, 'bench'
                from youth y where not exists (select 1 from campaign_youth c where c.youth_id = y.id);
            insert into campaign (name, list_id, state, starts_on, ends_on, caller_number, sms_sender, script, sms_text,
                created_at)
              select name, id, 'RUNNING', date '2026-01-01', date '2036-01-01', '+33199000100', '+33639989900', '-',
                     '-', now() from dropout_list where name = @name@;
            insert into campaign_youth (campaign_id, youth_id, next_attempt_at)
              select c.id, y.id, cast(@since@ as timestamptz) + (y.id * 7919 % @due@) * interval '1 second'
                from campaign c, youth y
               where c.name = @name@ and not exists (select 1 from campaign_youth o where o.youth_id = y.id);
            """;

    /** An earlier campaign with the same youths: the ledger is never empty. */
    private static final String HISTORY = """
            insert into campaign (name, list_id, state, starts_on, ends_on, caller_number, sms_sender, script, sms_text,
                created_at)
              select 'before ' || name, id, 'CLOSED', date '2025-01-01', date '2025-06-01', '+33199000100',
                     '+33639989900', '-', '-', now() from dropout_list where name = @name@;
            insert into campaign_youth (campaign_id, youth_id, state, attempts, settled_at)
              select b.id, y.youth_id, 'UNREACHABLE', 1, now()
                from campaign c join campaign_youth y on y.campaign_id = c.id, campaign b
               where c.name = @name@ and b.name = 'before ' || @name@;
            insert into call_attempt (campaign_id, youth_id, agent_id, phone_id, e164, n, state, token, action_id,
                planned_at, ended_at, closed_at, result)
              select y.campaign_id, y.youth_id, (select min(account_id) from agent_presence), p.id, p.e164, 1,
                     'NO_ANSWER', 'before-' || y.youth_id, 'before-' || y.youth_id, timestamptz '2025-02-03',
                     timestamptz '2025-02-03', timestamptz '2025-02-03', 'NO_ANSWER'
                from campaign b join campaign_youth y on y.campaign_id = b.id
                join phone_number p on p.youth_id = y.youth_id
               where b.name = 'before ' || @name@;
            """;

    /** Their sessions were used a moment ago, whenever that is: nobody notes it again. */
    private static final String AGENTS = """
            with hired as (
                insert into account (email, display_name, password_hash, role)
                select @name@ || i || '@example.org', 'bench', '-', 'AGENT' from generate_series(1, @agents@) i
                returning id),
            present as (
                insert into agent_presence (account_id, campaign_id, state, since, audio_sid)
                select h.id, c.id, 'OFFLINE', now(), 'CAbench' || h.id from hired h, campaign c where c.name = @name@)
            insert into session (token_hash, account_id, last_seen_at)
            select sha256(convert_to('bench-' || id, 'UTF8')), id, now() + interval '1 hour' from hired;
            """;

    private static final String AGAIN = """
            delete from call_attempt where closed_at is null;
            truncate outbox;
            update campaign_youth y set state = 'TO_CALL', attempts = 0,
                   next_attempt_at = cast(@since@ as timestamptz)
                       + (y.youth_id * 7919 % case c.name when 'small' then @small@ else @large@ end) * interval '1 second'
              from campaign c where c.id = y.campaign_id and y.state = 'IN_CALL';
            update agent_presence set state = 'OFFLINE' where state <> 'OFFLINE';
            """;

    private static final String RAW_CHOICE = """
            select youth_id from campaign_youth where campaign_id = ? and next_attempt_at <= ?
            order by priority desc, next_attempt_at limit 1 for update skip locked""";

    private static final String RAW_TAKE = """
            update campaign_youth set state = 'IN_CALL', next_attempt_at = null, attempts = attempts + 1
            where campaign_id = ? and youth_id = ?""";

    private static final String RAW_ATTEMPT = """
            insert into call_attempt (campaign_id, youth_id, agent_id, phone_id, e164, n, state, token, action_id,
                planned_at)
            select ?, p.youth_id, ?, p.id, p.e164, 1, 'INTENT', 'raw-' || p.youth_id, 'raw-' || p.youth_id, ?
            from phone_number p where p.youth_id = ?""";

    private static final String RAW_BATCH = """
            with chosen as (
                select youth_id from campaign_youth where campaign_id = ? and next_attempt_at <= ?
                order by priority desc, next_attempt_at limit ? for update skip locked),
            taken as (
                update campaign_youth y set state = 'IN_CALL', next_attempt_at = null, attempts = attempts + 1
                from chosen where y.campaign_id = ? and y.youth_id = chosen.youth_id
                returning y.youth_id)
            insert into call_attempt (campaign_id, youth_id, agent_id, phone_id, e164, n, state, token, action_id,
                planned_at)
            select ?, p.youth_id, ? + row_number() over () - 1, p.id, p.e164, 1, 'INTENT', 'raw-' || p.youth_id,
                   'raw-' || p.youth_id, ?
            from taken t join phone_number p on p.youth_id = t.youth_id""";

    private final Access access;
    private final Instant now;
    private final int small;
    private final int large;

    BenchQueue(Access access, Instant now, int small, int large) {
        this.access = access;
        this.now = now;
        this.small = small;
        this.large = large;
    }

    /** Loads both campaigns. */
    void load(int smallsAgents, int largesAgents) throws SQLException {
        load("small", small, smallsAgents);
        load("large", large, largesAgents);
        run("vacuum analyze");
    }

    private void load(String name, int due, int agents) throws SQLException {
        run(since(named(PEOPLE, name).replace("@due@", Integer.toString(due))));
        run(named(AGENTS, name).replace("@agents@", Integer.toString(agents)));
        run(named(HISTORY, name));
    }

    private static String named(String sql, String name) {
        return sql.replace("@name@", "'" + name + "'");
    }

    /** All are due by now: the campaign began 20 days ago, and a million seconds are less. */
    private String since(String sql) {
        return sql.replace("@since@", "'" + now.minusSeconds(20L * 24 * 3600) + "'");
    }

    Campaign small() throws SQLException {
        return campaign("small");
    }

    Campaign large() throws SQLException {
        return campaign("large");
    }

    private Campaign campaign(String name) throws SQLException {
        long id = number("select id from campaign where name = '" + name + "'");
        try (Connection connection = access.open();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "select account_id from agent_presence where campaign_id = " + id + " order by account_id")) {
            var agents = new ArrayList<Long>();
            while (rows.next()) {
                agents.add(rows.getLong(1));
            }
            return new Campaign(id, agents);
        }
    }

    /** Everybody back to where they were; what earlier rounds left dead is cleared away. */
    void again() throws SQLException {
        run(since(AGAIN).replace("@small@", Integer.toString(small)).replace("@large@", Integer.toString(large)));
        run("vacuum analyze campaign_youth");
        run("vacuum analyze call_attempt");
        run("vacuum analyze agent_presence");
        run("checkpoint");
    }

    /** The first {@code count} agents of the campaign wait. */
    void wait(Campaign campaign, int count) throws SQLException {
        run("update agent_presence set state = 'READY', seen_at = now() where campaign_id = %d and account_id <= %d"
                .formatted(campaign.id(), campaign.agents().get(count - 1)));
    }

    /** Fails unless exactly {@code claims} youths are in the hands of as many agents, with one open attempt each. */
    void check(int claims) throws SQLException {
        requireCount("select count(*) from call_attempt where closed_at is null", claims);
        requireCount("select count(distinct youth_id) from call_attempt where closed_at is null", claims);
        requireCount("select count(distinct agent_id) from call_attempt where closed_at is null", claims);
        requireCount("select count(*) from campaign_youth where state = 'IN_CALL' and attempts = 1", claims);
    }

    /** Fails unless each of {@code claims} is an event in the outbox, and its agent is known to dial. */
    void checkAnnounced(int claims) throws SQLException {
        requireCount("select count(distinct payload -> 'attemptId') from outbox", claims);
        requireCount("select count(*) from agent_presence where state = 'DIALING'", claims);
    }

    private void requireCount(String question, long expected) throws SQLException {
        long found = number(question);
        if (found != expected) {
            throw new IllegalStateException("%s: %d, not %d".formatted(question, found, expected));
        }
    }

    long number(String question) throws SQLException {
        try (Connection connection = access.open();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(question)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    void run(String sql) throws SQLException {
        try (Connection connection = access.open();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** A report that reads from now on what was true at this moment, until it is closed. */
    Report snapshot() {
        try {
            Connection connection = access.open();
            connection.setAutoCommit(false);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            try (Statement statement = connection.createStatement()) {
                statement.execute("select count(*) from campaign");
            }
            return connection::close;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A report that is open. */
    interface Report {
        void close() throws SQLException;
    }

    /** The claim of the textbook: choose one, take it, write it down, commit. */
    BenchClients.Client rawClaims(Campaign campaign) throws SQLException {
        Connection connection = access.open();
        connection.setAutoCommit(false);
        PreparedStatement choose = connection.prepareStatement(RAW_CHOICE);
        PreparedStatement take = connection.prepareStatement(RAW_TAKE);
        PreparedStatement note = connection.prepareStatement(RAW_ATTEMPT);
        return new BenchClients.Client() {
            @Override
            public void run(int number) throws SQLException {
                choose.setLong(1, campaign.id());
                choose.setTimestamp(2, Timestamp.from(now));
                long youth;
                try (ResultSet rows = choose.executeQuery()) {
                    rows.next();
                    youth = rows.getLong(1);
                }
                take.setLong(1, campaign.id());
                take.setLong(2, youth);
                take.executeUpdate();
                note.setLong(1, campaign.id());
                note.setLong(2, campaign.agents().get(number));
                note.setTimestamp(3, Timestamp.from(now));
                note.setLong(4, youth);
                note.executeUpdate();
                connection.commit();
            }

            @Override
            public void close() throws SQLException {
                connection.close();
            }
        };
    }

    /** The same for many in one statement. */
    BenchClients.Client rawBatches(Campaign campaign, int size) throws SQLException {
        Connection connection = access.open();
        connection.setAutoCommit(false);
        PreparedStatement claim = connection.prepareStatement(RAW_BATCH);
        return new BenchClients.Client() {
            @Override
            public void run(int number) throws SQLException {
                claim.setLong(1, campaign.id());
                claim.setTimestamp(2, Timestamp.from(now));
                claim.setInt(3, size);
                claim.setLong(4, campaign.id());
                claim.setLong(5, campaign.id());
                claim.setLong(6, campaign.agents().get(number * size));
                claim.setTimestamp(7, Timestamp.from(now));
                claim.executeUpdate();
                connection.commit();
            }

            @Override
            public void close() throws SQLException {
                connection.close();
            }
        };
    }
}
