package fr.raccroche;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The line between the product and Twilio's API, or its database: it takes its time, and it can be cut. */
final class TestingLine implements AutoCloseable {

    private final int target;
    private final int port;
    private final Duration latency;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger doomed = new AtomicInteger();
    private final AtomicInteger cutReplies = new AtomicInteger();
    private final AtomicInteger placed = new AtomicInteger();
    private volatile String lastWords = "";
    private @Nullable ServerSocket server;

    TestingLine(URI target, Duration latency) throws IOException {
        this(target.getPort(), latency);
    }

    TestingLine(int target, Duration latency) throws IOException {
        this.target = target;
        this.latency = latency;
        this.port = TestingPorts.free();
        restore();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** From now on connections are refused, and those under way are broken. */
    void cut() throws IOException {
        if (server != null) {
            server.close();
            server = null;
        }
        open.forEach(TestingLine::quietly);
        open.clear();
    }

    /** The next connection that sends {@code words} arrives with them, and breaks when the answer comes. */
    void cutNextReplyTo(String words) {
        lastWords = words;
        doomed.set(1);
    }

    /** Connections broken so far while they waited for such an answer. */
    int repliesCut() {
        return cutReplies.get();
    }

    /** Requests for a new call that went this way. */
    int callsAskedFor() {
        return placed.get();
    }

    int port() {
        return port;
    }

    void restore() throws IOException {
        var listening = new ServerSocket();
        listening.setReuseAddress(true);
        listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        server = listening;
        Thread.ofVirtual().start(() -> accept(listening));
    }

    @Override
    public void close() throws IOException {
        cut();
    }

    private void accept(ServerSocket listening) {
        try (listening) {
            while (true) {
                connect(listening.accept());
            }
        } catch (IOException e) {
            // cut
        }
    }

    private void connect(Socket near) throws IOException {
        var far = new Socket(InetAddress.getLoopbackAddress(), target);
        near.setTcpNoDelay(true);
        far.setTcpNoDelay(true);
        open.add(near);
        open.add(far);
        var condemned = new AtomicBoolean();
        Thread.ofVirtual()
                .start(() -> carry(near, far, Duration.ZERO, sent -> {
                    if (doomed.get() > 0 && sent.contains(lastWords) && doomed.getAndSet(0) > 0) {
                        condemned.set(true);
                    }
                    if (sent.contains("/Calls.json HTTP")) {
                        placed.incrementAndGet();
                    }
                    return true;
                }));
        Thread.ofVirtual().start(() -> carry(far, near, latency, received -> !condemned.get()));
    }

    private interface Inspection {
        /** Whether this piece may pass; otherwise the connection breaks. What matters fits into one piece. */
        boolean passes(String piece);
    }

    private void carry(Socket from, Socket to, Duration delay, Inspection inspection) {
        var buffer = new byte[8192];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                if (!inspection.passes(new String(buffer, 0, read, StandardCharsets.ISO_8859_1))) {
                    cutReplies.incrementAndGet();
                    return;
                }
                Thread.sleep(delay);
                out.write(buffer, 0, read);
                out.flush();
            }
        } catch (IOException e) {
            // one side is gone: so is the other
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            quietly(from);
            quietly(to);
            open.remove(from);
            open.remove(to);
        }
    }

    private static void quietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // closed all the same
        }
    }
}
