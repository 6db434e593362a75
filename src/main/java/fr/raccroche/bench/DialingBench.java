package fr.raccroche.bench;

import static java.util.Locale.ROOT;

import fr.raccroche.dialing.Dialer;
import fr.raccroche.dialing.DialingConfig;
import fr.raccroche.platform.Database;
import fr.raccroche.platform.PlatformConfig;
import fr.raccroche.telephony.TwilioConfig;
import io.quarkus.logging.Log;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.DoubleStream;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Measures the dialer against bare SQL on the same server, in one run, with the same durability and the same tables:
 * lines {@code name ours limit ratio}. What both sides did is counted afterwards. Runs only in a node started for it.
 */
@ApplicationScoped
class DialingBench {

    private static final int CLIENTS = 8;
    private static final int SMALL = 10_000;
    private static final int ROUNDS = 5;
    private static final int BATCH = 500;
    private static final int BATCHES = 10;
    /** More than this machine can do, so that nobody runs out of agents while a report is open. */
    private static final int MOST_CLAIMS_PER_SECOND = 3_000;
    /** Before the report opens, and at its end, rates are taken over this long. */
    private static final Duration WINDOW = Duration.ofSeconds(20);

    private static final Duration RAW_SNAPSHOT = Duration.ofSeconds(40);
    private static final Duration LIMIT = Duration.ofMinutes(10);

    private final Database database;
    private final Dialer dialer;
    private final Clock clock;
    private final PlatformConfig platform;
    private final TwilioConfig twilio;
    private final DialingConfig.Bench config;
    private final String user;
    private final String password;

    DialingBench(
            Database database,
            Dialer dialer,
            Clock clock,
            PlatformConfig platform,
            TwilioConfig twilio,
            DialingConfig config,
            @ConfigProperty(name = "quarkus.datasource.username") String user,
            @ConfigProperty(name = "quarkus.datasource.password") String password) {
        this.database = database;
        this.dialer = dialer;
        this.clock = clock;
        this.platform = platform;
        this.twilio = twilio;
        this.config = config.bench();
        this.user = user;
        this.password = password;
    }

    void start(@Observes @Priority(9000) StartupEvent event) {
        config.part()
                .ifPresent(part -> Thread.ofPlatform().name("dialing-bench").start(() -> run(part)));
    }

    private void run(DialingConfig.Bench.Part part) {
        try {
            switch (part) {
                case CLAIMS -> new Claims().measure();
                case EVENTS -> new BenchEvents(access(), platform.publicUrl(), twilio, config.calls()).measure();
            }
            Quarkus.asyncExit(0);
        } catch (Exception e) {
            Log.error("The bench failed", e);
            Quarkus.asyncExit(1);
        }
    }

    private BenchQueue.Access access() {
        return new BenchQueue.Access("jdbc:postgresql://" + platform.database().address(), user, password);
    }

    @SuppressWarnings("SystemOut") // the result goes to the script that called
    static void print(String name, double ours, double limit, double ratio) {
        System.out.printf(ROOT, "%s %.1f %.1f %.2f%n", name, ours, limit, ratio);
    }

    private final class Claims {

        private final BenchQueue queue = new BenchQueue(access(), clock.instant(), SMALL, config.due());

        void measure() throws SQLException, InterruptedException, ExecutionException {
            queue.load(
                    config.claims(),
                    Math.max(
                            Math.max(config.claims(), BATCHES * BATCH),
                            (int) config.snapshot().plus(WINDOW).toSeconds() * MOST_CLAIMS_PER_SECOND));
            ours(queue.small());
            var small = new double[ROUNDS];
            var large = new double[ROUNDS];
            var raw = new double[ROUNDS];
            var latency = new double[ROUNDS];
            var rawLatency = new double[ROUNDS];
            for (int round = 0; round < ROUNDS; round++) {
                var bare = raw(queue.large());
                raw[round] = bare.perSecond();
                rawLatency[round] = bare.millis(99);
                var many = ours(queue.large());
                large[round] = many.perSecond();
                latency[round] = many.millis(99);
                small[round] = ours(queue.small()).perSecond();
            }
            print("claim", median(large), median(raw), median(large) / median(raw));
            print("claim-p99", median(latency), median(rawLatency), median(latency) / median(rawLatency));
            print("claim-growth", median(large), median(small), median(large) / median(small));
            reserve();
            underReport();
        }

        private BenchClients.Run ours(BenchQueue.Campaign campaign)
                throws SQLException, InterruptedException, ExecutionException {
            queue.again();
            return ours(BenchClients.run(CLIENTS, config.claims(), LIMIT, () -> overHttp(campaign)));
        }

        private BenchClients.Run ours(BenchClients.Run run) throws SQLException {
            queue.check(run.count());
            queue.checkAnnounced(run.count());
            return run;
        }

        private BenchClients.Run raw(BenchQueue.Campaign campaign)
                throws SQLException, InterruptedException, ExecutionException {
            queue.again();
            return raw(BenchClients.run(CLIENTS, config.claims(), LIMIT, () -> queue.rawClaims(campaign)));
        }

        private BenchClients.Run raw(BenchClients.Run run) throws SQLException {
            queue.check(run.count());
            return run;
        }

        /** One agent after the other opens their desk and says that they are ready. */
        private BenchClients.Client overHttp(BenchQueue.Campaign campaign) throws Exception {
            var http = new BenchHttp(platform.publicUrl());
            String form = "state=READY&campaign=" + campaign.id();
            return new BenchClients.Client() {
                @Override
                public void run(int number) throws Exception {
                    http.post(
                            "/desk/presence",
                            "Cookie: raccroche=bench-" + campaign.agents().get(number),
                            form);
                }

                @Override
                public void close() throws IOException {
                    http.close();
                }
            };
        }

        /** Choosing and reserving for as many agents at once: milliseconds, less is better. */
        private void reserve() throws SQLException, InterruptedException, ExecutionException {
            BenchQueue.Campaign campaign = queue.large();
            queue.again();
            var raw = BenchClients.run(1, BATCHES, LIMIT, () -> queue.rawBatches(campaign, BATCH));
            queue.check(BATCHES * BATCH);
            queue.again();
            queue.wait(campaign, BATCHES * BATCH);
            var ours = BenchClients.run(1, BATCHES, LIMIT, () -> batches(campaign));
            queue.check(BATCHES * BATCH);
            queue.checkAnnounced(BATCHES * BATCH);
            double ourMillis = ours.millis(50);
            double rawMillis = raw.millis(50);
            print("reserve-500", ourMillis, rawMillis, ourMillis / rawMillis);
        }

        private BenchClients.Client batches(BenchQueue.Campaign campaign) {
            return new BenchClients.Client() {
                @Override
                public void run(int number) {
                    List<Long> waiting = campaign.agents().subList(number * BATCH, (number + 1) * BATCH);
                    var unused = database.inTransaction(
                                    sql -> dialer.claim(sql, campaign.id(), waiting, clock.instant()))
                            .await()
                            .atMost(LIMIT);
                }

                @Override
                public void close() {}
            };
        }

        /** Claims before a report is opened and after it was open for long; then the bare ones, for comparison. */
        private void underReport() throws SQLException, InterruptedException, ExecutionException {
            BenchQueue.Campaign campaign = queue.large();
            var ours = ours(underReport("claim-snapshot", config.snapshot(), () -> overHttp(campaign)));
            var raw = raw(underReport("raw-claim-snapshot", RAW_SNAPSHOT, () -> queue.rawClaims(campaign)));
            Log.infof("%d claims, %d bare ones", ours.count(), raw.count());
        }

        private BenchClients.Run underReport(String name, Duration open, BenchClients.Opening client)
                throws SQLException, InterruptedException, ExecutionException {
            queue.again();
            var opened = CompletableFuture.supplyAsync(
                    queue::snapshot, CompletableFuture.delayedExecutor(WINDOW.toSeconds(), TimeUnit.SECONDS));
            Duration all = WINDOW.plus(open);
            var run = BenchClients.run(CLIENTS, queue.large().agents().size(), all, client);
            opened.get().close();
            if (run.count() == queue.large().agents().size()) {
                throw new IllegalStateException("The bench ran out of agents");
            }
            double without = run.perSecond(Duration.ZERO, WINDOW);
            double with = run.perSecond(all.minus(WINDOW), all);
            print(name, with, without, with / without);
            return run;
        }
    }

    private static double median(double[] values) {
        double[] sorted = DoubleStream.of(values).sorted().toArray();
        return sorted[sorted.length / 2];
    }
}
