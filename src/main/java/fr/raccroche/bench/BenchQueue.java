package fr.raccroche.bench;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The data of a bench, fictional. Youths are due in another order than they are stored in, as after some rounds of calls.
 * No number overseas begins with a zero: nobody has theirs.
 */
final class BenchQueue {

    /**
     * A campaign of the bench.
     *
     * @param agents the accounts of its agents, who have a line and a session each; they follow each other
     */
    record Campaign(long id, List<Long> agents) {}

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

    private final BenchDatabase database;
    private final Instant now;
    private final int small;
    private final int large;

    BenchQueue(BenchDatabase database, Instant now, int small, int large) {
        this.database = database;
        this.now = now;
        this.small = small;
        this.large = large;
    }

    /** Loads both campaigns. */
    void load(int smallsAgents, int largesAgents) throws SQLException {
        load("small", small, smallsAgents);
        load("large", large, largesAgents);
        database.run("vacuum analyze");
    }

    private void load(String name, int due, int agents) throws SQLException {
        database.run(since(named(PEOPLE, name).replace("@due@", Integer.toString(due))));
        database.run(named(AGENTS, name).replace("@agents@", Integer.toString(agents)));
        database.run(named(HISTORY, name));
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
        long id = database.number("select id from campaign where name = '" + name + "'");
        try (Connection connection = database.open();
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
        database.run(
                since(AGAIN).replace("@small@", Integer.toString(small)).replace("@large@", Integer.toString(large)));
        database.run("vacuum analyze campaign_youth");
        database.run("vacuum analyze call_attempt");
        database.run("vacuum analyze agent_presence");
        database.run("checkpoint");
    }

    /** The first {@code count} agents of the campaign wait. */
    void wait(Campaign campaign, int count) throws SQLException {
        database.run(
                "update agent_presence set state = 'READY', seen_at = now() where campaign_id = %d and account_id <= %d"
                        .formatted(campaign.id(), campaign.agents().get(count - 1)));
    }

    /** Fails unless exactly {@code claims} youths are in the hands of as many agents, with one open attempt each. */
    void check(int claims) throws SQLException {
        database.require("select count(*) from call_attempt where closed_at is null", claims);
        database.require("select count(distinct youth_id) from call_attempt where closed_at is null", claims);
        database.require("select count(distinct agent_id) from call_attempt where closed_at is null", claims);
        database.require("select count(*) from campaign_youth where state = 'IN_CALL' and attempts = 1", claims);
    }

    /** Fails unless each of {@code claims} is an event in the outbox, and its agent is known to dial. */
    void checkAnnounced(int claims) throws SQLException {
        database.require("select count(distinct payload -> 'attemptId') from outbox", claims);
        database.require("select count(*) from agent_presence where state = 'DIALING'", claims);
    }
}
