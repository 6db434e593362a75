package fr.raccroche.dialing;

import fr.raccroche.platform.Database;
import fr.raccroche.platform.PlatformConfig;
import io.quarkus.logging.Log;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Measures claims: the dialer's, with rules, ledger and outbox, against bare {@code skip locked} updates of the same
 * queue on the same server in the same run. Runs only in a node started for it, on data of its own.
 */
@ApplicationScoped
class ClaimBench {

    private static final int CLIENTS = 8;
    private static final int DUE = 100_000;
    private static final int CLAIMS = 4_000;
    private static final int ROUNDS = 3;
    private static final Duration LIMIT = Duration.ofMinutes(5);

    private static final String RAW = """
            update campaign_youth set state = 'IN_CALL', next_attempt_at = null
            where (campaign_id, youth_id) = (
                select campaign_id, youth_id from campaign_youth
                where campaign_id = (select id from campaign where name = 'bench') and next_attempt_at <= now() + interval '10 years'
                order by priority desc, next_attempt_at limit 1 for update skip locked)
            """;

    private static final String AGAIN = """
            delete from call_attempt where closed_at is null;
            truncate outbox;
            update campaign_youth set state = 'TO_CALL', attempts = 0,
                   next_attempt_at = timestamptz '2026-01-01' + youth_id * interval '1 second'
             where state = 'IN_CALL';
            update agent_presence set state = 'READY' where state <> 'READY';
            """;

    private final Database database;
    private final Dialer dialer;
    private final Clock clock;
    private final PlatformConfig platform;
    private final boolean asked;
    private final String user;
    private final String password;

    ClaimBench(
            Database database,
            Dialer dialer,
            Clock clock,
            PlatformConfig platform,
            DialingConfig config,
            @ConfigProperty(name = "quarkus.datasource.username") String user,
            @ConfigProperty(name = "quarkus.datasource.password") String password) {
        this.database = database;
        this.dialer = dialer;
        this.clock = clock;
        this.platform = platform;
        this.asked = config.bench();
        this.user = user;
        this.password = password;
    }

    void start(@Observes @Priority(9000) StartupEvent event) {
        if (asked) {
            Thread.ofPlatform().name("claim-bench").start(this::run);
        }
    }

    private static String people() {
        return """
            insert into dropout_list (name, reference_date, created_at) values ('bench', date '2026-11-01', now());
            insert into youth (last_name, first_name, name_key, birth_date)
              select 'Banc', 'Essai ' || i, 'banc essai ' || i, date '2009-01-01' from generate_series(1, @due@) i;
            insert into phone_number (youth_id, e164, owner, rank, mobile, source)
              select id, '+336' || lpad(cast(id as text), 8, '0'), 'YOUTH', 1, true, 'bench' from youth;
            insert into campaign (name, list_id, state, starts_on, ends_on, caller_number, sms_sender, script, sms_text,
                created_at)
              select 'bench', id, 'RUNNING', date '2026-01-01', date '2036-01-01', '+33199000100', '+33639989900', '-',
                     '-', now() from dropout_list;
            insert into campaign_youth (campaign_id, youth_id, next_attempt_at)
              select c.id, y.id, timestamptz '2026-01-01' + y.id * interval '1 second' from campaign c, youth y where c.name = 'bench';
            insert into campaign (name, list_id, state, starts_on, ends_on, caller_number, sms_sender, script, sms_text,
                created_at)
              select 'before', id, 'CLOSED', date '2025-01-01', date '2025-06-01', '+33199000100', '+33639989900', '-',
                     '-', now() from dropout_list;
            insert into campaign_youth (campaign_id, youth_id, state, attempts, settled_at)
              select c.id, y.id, 'UNREACHABLE', 1, now() from campaign c, youth y where c.name = 'before';
            insert into account (email, display_name, password_hash, role)
              select 'bench' || i || '@example.org', 'bench', '-', 'AGENT' from generate_series(1, @agents@) i;
            insert into agent_presence (account_id, campaign_id, state, since, audio_sid)
              select a.id, c.id, 'READY', now(), 'CAbench' || a.id from account a, campaign c
               where a.email like 'bench%' and c.name = 'bench';
            insert into call_attempt (campaign_id, youth_id, agent_id, phone_id, e164, n, state, token, action_id,
                planned_at, ended_at, closed_at, result)
              select y.campaign_id, y.youth_id, (select min(account_id) from agent_presence), p.id, p.e164, 1,
                     'NO_ANSWER', 'before-' || y.youth_id, 'before-' || y.youth_id, timestamptz '2025-02-03',
                     timestamptz '2025-02-03', timestamptz '2025-02-03', 'NO_ANSWER'
                from campaign_youth y join phone_number p on p.youth_id = y.youth_id
               where y.state = 'UNREACHABLE';
            """.replace("@due@", Integer.toString(DUE)).replace("@agents@", Integer.toString(CLAIMS * ROUNDS));
    }

    private void run() {
        try {
            execute(people());
            execute("vacuum analyze");
            double ours = 0;
            double raw = 0;
            for (int round = 0; round < ROUNDS; round++) {
                raw = Math.max(raw, rate(this::claimRaw));
                execute(AGAIN);
                execute("vacuum analyze campaign_youth");
                int first = round * CLAIMS;
                ours = Math.max(ours, rate(() -> claimOurs(first)));
                execute(AGAIN);
                execute("vacuum analyze campaign_youth");
            }
            System.out.printf("claim %.0f %.0f %.2f%n", ours, raw, ours / raw);
            Quarkus.asyncExit(0);
        } catch (Exception e) {
            Log.error("The bench failed", e);
            Quarkus.asyncExit(1);
        }
    }

    private static double rate(Callable<Integer> work) throws Exception {
        long start = System.nanoTime();
        int claims = work.call();
        return claims * 1e9 / (System.nanoTime() - start);
    }

    private int claimOurs(int first) {
        List<Long> agents = database.inTransaction(sql -> sql.query(
                                "select account_id from agent_presence order by account_id offset :first limit :n")
                        .set("first", first)
                        .set("n", CLAIMS)
                        .list(row -> row.id("account_id")))
                .await()
                .atMost(LIMIT);
        List<Boolean> claimed = Multi.createFrom()
                .iterable(agents)
                .onItem()
                .transformToUni(this::claim)
                .merge(CLIENTS)
                .collect()
                .asList()
                .await()
                .atMost(LIMIT);
        return (int) claimed.stream().filter(found -> found).count();
    }

    private Uni<Boolean> claim(long agent) {
        return database.inTransaction(sql -> dialer.claim(sql, agent, clock.instant()))
                .map(attempt -> attempt != null);
    }

    private int claimRaw() throws SQLException, InterruptedException, ExecutionException {
        try (var clients = Executors.newFixedThreadPool(CLIENTS)) {
            List<Callable<Integer>> work = IntStream.range(0, CLIENTS)
                    .<Callable<Integer>>mapToObj(client -> this::claimRawOnOneConnection)
                    .toList();
            int claims = 0;
            for (Future<Integer> done : clients.invokeAll(work)) {
                claims += done.get();
            }
            return claims;
        }
    }

    private int claimRawOnOneConnection() throws SQLException {
        try (Connection connection = connect();
                var claim = connection.prepareStatement(RAW)) {
            int claims = 0;
            for (int i = 0; i < CLAIMS / CLIENTS; i++) {
                claims += claim.executeUpdate();
            }
            return claims;
        }
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://" + platform.database().address(), user, password);
    }
}
