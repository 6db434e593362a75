package fr.raccroche.bench;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** Clients that do the same side by side, each over a connection of its own, one thing after the other. */
final class BenchClients {

    /** One client. */
    interface Client extends AutoCloseable {

        /** Does the thing once; no two clients ever get the same {@code number}. */
        void run(int number) throws Exception;

        @Override
        void close() throws IOException, SQLException;
    }

    /** Makes a client. */
    interface Opening {
        Client open() throws Exception;
    }

    /** When a thing was done and how long it took, in nanoseconds. */
    private record Done(long at, long took) {}

    /** What was done since {@code began}, in nanoseconds. */
    record Run(long began, List<Done> done) {

        int count() {
            return done.size();
        }

        double perSecond() {
            return count() * 1e9 / (done.stream().mapToLong(Done::at).max().orElseThrow() - began);
        }

        /** The rate between two moments after the beginning. */
        double perSecond(Duration from, Duration to) {
            long first = began + from.toNanos();
            long last = began + to.toNanos();
            return done.stream()
                            .filter(one -> one.at() >= first && one.at() < last)
                            .count()
                    * 1e9
                    / (last - first);
        }

        /** How long most of them took: of a hundred, {@code percent} took no longer; in milliseconds. */
        double millis(int percent) {
            long[] sorted = done.stream().mapToLong(Done::took).sorted().toArray();
            return sorted[(int) Math.ceil(sorted.length * percent / 100.0) - 1] / 1e6;
        }
    }

    private BenchClients() {}

    /** Runs until {@code times} things were begun or {@code longest} is over; fails when one of them fails. */
    static Run run(int clients, int times, Duration longest, Opening opening)
            throws InterruptedException, ExecutionException {
        var numbers = new AtomicInteger();
        long began = System.nanoTime();
        long end = began + longest.toNanos();
        Callable<List<Done>> shift = () -> {
            var done = new ArrayList<Done>();
            try (Client client = opening.open()) {
                for (long start = System.nanoTime();
                        start < end;
                        start = done.getLast().at()) {
                    int number = numbers.getAndIncrement();
                    if (number >= times) {
                        break;
                    }
                    client.run(number);
                    long now = System.nanoTime();
                    done.add(new Done(now, now - start));
                }
            }
            return done;
        };
        var all = new ArrayList<Done>();
        try (var threads = Executors.newFixedThreadPool(clients)) {
            var shifts = IntStream.range(0, clients).mapToObj(client -> shift).toList();
            for (Future<List<Done>> done : threads.invokeAll(shifts)) {
                all.addAll(done.get());
            }
        }
        return new Run(began, all);
    }
}
