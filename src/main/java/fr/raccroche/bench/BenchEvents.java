package fr.raccroche.bench;

import fr.raccroche.telephony.TwilioConfig;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Measures reports on calls: signed, over HTTP, until the attempts show them, against the five statements that it takes at
 * least: begin, store the report, lock the attempt, change it, commit.
 */
final class BenchEvents {

    private static final int CLIENTS = 50;
    private static final List<String> LIFE = List.of("initiated", "ringing", "in-progress", "completed");
    private static final List<String> STATES = List.of("QUEUED", "RINGING", "ANSWERED", "COMPLETED");
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

    private static final String RAW_STORE = """
            insert into call_event (token, call_sid, sequence, status, fields) values (?, ?, ?, ?, cast(? as jsonb))
            on conflict do nothing""";

    private static final String RAW_LOCK = "select id, state from call_attempt where token = ? for update";

    private static final String RAW_CHANGE = """
            update call_attempt set state = ?, call_sid = coalesce(call_sid, ?), changed_at = now(),
                   ended_at = case when ? then now() else ended_at end
            where id = ?""";

    private final BenchQueue.Access access;
    private final URI server;
    private final TwilioConfig twilio;
    private final int calls;

    BenchEvents(BenchQueue.Access access, URI server, TwilioConfig twilio, int calls) {
        this.access = access;
        this.server = server;
        this.twilio = twilio;
        this.calls = calls;
    }

    void measure() throws SQLException, InterruptedException, ExecutionException {
        run(CALLS.replace("@calls@", Integer.toString(calls)));
        ours();
        double raw = LIFE.size() * raw().perSecond();
        Ours ours = ours();
        double accepted = LIFE.size() * ours.run().perSecond();
        double applied = LIFE.size() * calls / (ours.applied().toNanos() / 1e9);
        DialingBench.print("events", accepted, raw, accepted / raw);
        DialingBench.print("events-applied", applied, raw, applied / raw);
    }

    /** Until everything was accepted, and until everything was applied. */
    private record Ours(BenchClients.Run run, Duration applied) {}

    private Ours ours() throws SQLException, InterruptedException, ExecutionException {
        again();
        var run = BenchClients.run(CLIENTS, calls, LIMIT, this::reports);
        while (number("select count(*) from outbox where channel = 'call-events'") > 0) {
            Thread.sleep(20);
        }
        Duration applied = Duration.ofNanos(System.nanoTime() - run.began());
        check();
        return new Ours(run, applied);
    }

    private BenchClients.Run raw() throws SQLException, InterruptedException, ExecutionException {
        again();
        var run = BenchClients.run(CLIENTS, calls, LIMIT, this::statements);
        check();
        return run;
    }

    private void again() throws SQLException {
        run(AGAIN);
        run("vacuum analyze");
        run("checkpoint");
    }

    private void check() throws SQLException {
        requireCount("select count(*) from call_event", LIFE.size() * (long) calls);
        requireCount("select count(*) from call_attempt where state = 'COMPLETED' and call_sid is not null", calls);
    }

    private void requireCount(String question, long expected) throws SQLException {
        long found = number(question);
        if (found != expected) {
            throw new IllegalStateException("%s: %d, not %d".formatted(question, found, expected));
        }
    }

    private static String sid(int call) {
        return "CA%032x".formatted(call);
    }

    /** What Twilio says about a call. */
    private SortedMap<String, String> fields(int call, int sequence) {
        var fields = new TreeMap<String, String>();
        fields.put("AccountSid", twilio.accountSid());
        fields.put("ApiVersion", "2010-04-01");
        fields.put("CallSid", sid(call));
        fields.put("CallStatus", LIFE.get(sequence));
        fields.put("CallbackSource", "call-progress-events");
        fields.put("Direction", "outbound-api");
        fields.put("From", "+33199000100");
        fields.put("SequenceNumber", Integer.toString(sequence));
        fields.put("Timestamp", "Tue, 24 Nov 2026 09:00:00 +0000");
        fields.put("To", "+33639980000");
        return fields;
    }

    /** Tells the life of one call after the other, as Twilio does. */
    private BenchClients.Client reports() throws Exception {
        var http = new BenchHttp(server);
        var mac = Mac.getInstance("HmacSHA1");
        mac.init(new SecretKeySpec(twilio.authToken().getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
        return new BenchClients.Client() {
            @Override
            public void run(int number) throws Exception {
                String path = "/webhooks/twilio/call/call-" + number;
                for (int sequence = 0; sequence < LIFE.size(); sequence++) {
                    SortedMap<String, String> fields = fields(number, sequence);
                    http.post(path, "X-Twilio-Signature: " + signature(mac, server + path, fields), form(fields));
                }
            }

            @Override
            public void close() throws IOException {
                http.close();
            }
        };
    }

    private static String signature(Mac mac, String url, SortedMap<String, String> fields)
            throws GeneralSecurityException {
        String signed = url
                + fields.entrySet().stream()
                        .map(field -> field.getKey() + field.getValue())
                        .collect(Collectors.joining());
        return Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
    }

    private static String form(SortedMap<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    private BenchClients.Client statements() throws SQLException {
        Connection connection = access.open();
        connection.setAutoCommit(false);
        PreparedStatement store = connection.prepareStatement(RAW_STORE);
        PreparedStatement lock = connection.prepareStatement(RAW_LOCK);
        PreparedStatement change = connection.prepareStatement(RAW_CHANGE);
        return new BenchClients.Client() {
            @Override
            public void run(int number) throws SQLException {
                for (int sequence = 0; sequence < LIFE.size(); sequence++) {
                    report(number, sequence);
                }
            }

            private void report(int call, int sequence) throws SQLException {
                store.setString(1, "call-" + call);
                store.setString(2, sid(call));
                store.setInt(3, sequence);
                store.setString(4, LIFE.get(sequence));
                store.setString(5, "{\"CallStatus\":\"%s\"}".formatted(LIFE.get(sequence)));
                store.executeUpdate();
                lock.setString(1, "call-" + call);
                long attempt;
                try (ResultSet rows = lock.executeQuery()) {
                    rows.next();
                    attempt = rows.getLong(1);
                }
                change.setString(1, STATES.get(sequence));
                change.setString(2, sid(call));
                change.setBoolean(3, sequence == LIFE.size() - 1);
                change.setLong(4, attempt);
                change.executeUpdate();
                connection.commit();
            }

            @Override
            public void close() throws SQLException {
                connection.close();
            }
        };
    }

    private long number(String question) throws SQLException {
        try (Connection connection = access.open();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(question)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private void run(String sql) throws SQLException {
        try (Connection connection = access.open();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
