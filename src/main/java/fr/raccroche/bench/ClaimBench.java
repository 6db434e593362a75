package fr.raccroche.bench;

import fr.raccroche.dialing.Claims;
import fr.raccroche.platform.Database;
import io.quarkus.logging.Log;
import java.io.IOException;
import java.net.URI;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.DoubleStream;

/** Measures claims: agents who say that they are ready, one after the other and many at once, and while a report is open. */
final class ClaimBench {

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
    private final Claims claims;
    private final BenchDatabase server;
    private final URI address;
    private final BenchConfig config;
    private final Instant now;
    private final BenchQueue queue;
    private final RawClaims bare;

    /** @param address of this node */
    ClaimBench(Database database, Claims claims, BenchDatabase server, URI address, BenchConfig config, Instant now) {
        this.database = database;
        this.claims = claims;
        this.server = server;
        this.address = address;
        this.config = config;
        this.now = now;
        this.queue = new BenchQueue(server, now, SMALL, config.due());
        this.bare = new RawClaims(server, now);
    }

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
            var alone = raw(queue.large());
            raw[round] = alone.perSecond();
            rawLatency[round] = alone.millis(99);
            var many = ours(queue.large());
            large[round] = many.perSecond();
            latency[round] = many.millis(99);
            small[round] = ours(queue.small()).perSecond();
        }
        DialingBench.print("claim", median(large), median(raw), median(large) / median(raw));
        DialingBench.print("claim-p99", median(latency), median(rawLatency), median(latency) / median(rawLatency));
        DialingBench.print("claim-growth", median(large), median(small), median(large) / median(small));
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
        return raw(BenchClients.run(CLIENTS, config.claims(), LIMIT, () -> bare.one(campaign)));
    }

    private BenchClients.Run raw(BenchClients.Run run) throws SQLException {
        queue.check(run.count());
        return run;
    }

    /** One agent after the other opens their desk and says that they are ready. */
    private BenchClients.Client overHttp(BenchQueue.Campaign campaign) throws Exception {
        var http = new BenchHttp(address);
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
        var raw = BenchClients.run(1, BATCHES, LIMIT, () -> bare.many(campaign, BATCH));
        queue.check(BATCHES * BATCH);
        queue.again();
        queue.wait(campaign, BATCHES * BATCH);
        var ours = BenchClients.run(1, BATCHES, LIMIT, () -> batches(campaign));
        queue.check(BATCHES * BATCH);
        queue.checkAnnounced(BATCHES * BATCH);
        double ourMillis = ours.millis(50);
        double rawMillis = raw.millis(50);
        DialingBench.print("reserve-500", ourMillis, rawMillis, ourMillis / rawMillis);
    }

    private BenchClients.Client batches(BenchQueue.Campaign campaign) {
        return new BenchClients.Client() {
            @Override
            public void run(int number) {
                List<Long> waiting = campaign.agents().subList(number * BATCH, (number + 1) * BATCH);
                var unused = database.inTransaction(sql -> claims.claim(sql, campaign.id(), waiting, now))
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
        var raw = raw(underReport("raw-claim-snapshot", RAW_SNAPSHOT, () -> bare.one(campaign)));
        Log.infof("%d claims, %d bare ones", ours.count(), raw.count());
    }

    private BenchClients.Run underReport(String name, Duration open, BenchClients.Opening client)
            throws SQLException, InterruptedException, ExecutionException {
        queue.again();
        var opened = CompletableFuture.supplyAsync(
                server::snapshot, CompletableFuture.delayedExecutor(WINDOW.toSeconds(), TimeUnit.SECONDS));
        Duration all = WINDOW.plus(open);
        var run = BenchClients.run(CLIENTS, queue.large().agents().size(), all, client);
        opened.get().close();
        if (run.count() == queue.large().agents().size()) {
            throw new IllegalStateException("The bench ran out of agents");
        }
        double without = run.perSecond(Duration.ZERO, WINDOW);
        double with = run.perSecond(all.minus(WINDOW), all);
        DialingBench.print(name, with, without, with / without);
        return run;
    }

    private static double median(double[] values) {
        double[] sorted = DoubleStream.of(values).sorted().toArray();
        return sorted[sorted.length / 2];
    }
}
