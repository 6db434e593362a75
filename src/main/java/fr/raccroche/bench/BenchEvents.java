package fr.raccroche.bench;

import fr.raccroche.telephony.TwilioConfig;
import java.net.URI;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;

/**
 * Measures reports on calls: signed, over HTTP, until the attempts show them, against the five statements that it takes at
 * least: begin, store the report, lock the attempt, change it, commit.
 */
final class BenchEvents {

    private static final int CLIENTS = 50;
    private static final Duration LIMIT = Duration.ofMinutes(10);

    private static final String CALLS = """
            insert into dropout_list (name, reference_date, created_at) values ('calls', date '2026-11-01', now());
            insert into campaign (name, list_id, state, starts_on, ends_on, caller_number, sms_sender, script, sms_text,
                created_at)
              select 'calls', id, 'RUNNING', date '2026-01-01', date '2036-01-01', '+33199000100', '+33639989900', '-',
                     '-', now() from dropout_list;
            insert into account (email, display_name, password_hash, role)
              select 'bench' || i || '@example.org', 'bench', '-', 'AGENT' from generate_series(1, @calls@) i;
            insert into agent_presence (account_id, campaign_id, state, since, audio_sid)
              select a.id, c.id, 'DIALING', now(), 'CAbench' || a.id from account a, campaign c
               where a.email like 'bench%';
            insert into youth (last_name, first_name, name_key, birth_date)
              select 'Banc', 'Essai ' || i, 'banc essai ' || i, cast(now() - interval '17 years' as date)
                from generate_series(1, @calls@) i;
            insert into phone_number (youth_id, e164, owner, rank, mobile, source)
              select id, '+262' || lpad(cast(id as text), 9, '0'), 'YOUTH', 1, true, 'bench' from youth;
            insert into campaign_youth (campaign_id, youth_id, state, attempts)
              select c.id, y.id, 'IN_CALL', 1 from campaign c, youth y;
            with agent as (select account_id, row_number() over (order by account_id) as i from agent_presence),
            called as (select id, youth_id, e164, row_number() over (order by id) as i from phone_number)
            insert into call_attempt (campaign_id, youth_id, agent_id, phone_id, e164, n, state, token, action_id,
                planned_at, admitted_at)
              select c.id, p.youth_id, a.account_id, p.id, p.e164, 1, 'DIALING', 'call-' || (p.i - 1),
                     'call-' || (p.i - 1), now(), now()
                from campaign c, agent a join called p on p.i = a.i;
            """;

    private static final String AGAIN = """
            truncate call_event;
            update call_attempt set state = 'DIALING', call_sid = null, rang_at = null, answered_at = null,
                   ended_at = null, changed_at = now();
            update agent_presence set state = 'DIALING';
            """;

    private final BenchDatabase database;
    private final URI server;
    private final CallReports reports;
    private final int calls;

    BenchEvents(BenchDatabase database, URI server, TwilioConfig twilio, int calls) {
        this.database = database;
        this.server = server;
        this.reports = new CallReports(twilio);
        this.calls = calls;
    }

    void measure() throws SQLException, InterruptedException, ExecutionException {
        database.run(CALLS.replace("@calls@", Integer.toString(calls)));
        ours();
        double raw = CallReports.LIFE.size() * raw().perSecond();
        Ours ours = ours();
        double accepted = CallReports.LIFE.size() * ours.run().perSecond();
        double applied = CallReports.LIFE.size() * calls / (ours.applied().toNanos() / 1e9);
        DialingBench.print("events", accepted, raw, accepted / raw);
        DialingBench.print("events-applied", applied, raw, applied / raw);
    }

    /** Until everything was accepted, and until everything was applied. */
    private record Ours(BenchClients.Run run, Duration applied) {}

    private Ours ours() throws SQLException, InterruptedException, ExecutionException {
        again();
        var run = BenchClients.run(CLIENTS, calls, LIMIT, () -> reports.open(server));
        while (database.number("select count(*) from outbox where channel = 'call-events'") > 0) {
            Thread.sleep(20);
        }
        Duration applied = Duration.ofNanos(System.nanoTime() - run.began());
        check();
        return new Ours(run, applied);
    }

    private BenchClients.Run raw() throws SQLException, InterruptedException, ExecutionException {
        again();
        var run = BenchClients.run(CLIENTS, calls, LIMIT, () -> RawReports.open(database));
        check();
        return run;
    }

    private void again() throws SQLException {
        database.run(AGAIN);
        database.run("vacuum analyze");
        database.run("checkpoint");
    }

    private void check() throws SQLException {
        database.require("select count(*) from call_event", CallReports.LIFE.size() * (long) calls);
        database.require("select count(*) from call_attempt where state = 'COMPLETED' and call_sid is not null", calls);
    }
}
