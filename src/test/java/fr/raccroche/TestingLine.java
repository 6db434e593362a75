package fr.raccroche;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The line between the product and Twilio's API: it takes its time, and it can be cut. */
final class TestingLine implements AutoCloseable {

    private final int target;
    private final int port;
    private final Duration latency;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private @Nullable ServerSocket server;

    TestingLine(URI target, Duration latency) throws IOException {
        this.target = target.getPort();
        this.latency = latency;
        this.port = TestingInstallation.freePort();
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
        Thread.ofVirtual().start(() -> carry(near, far, Duration.ZERO));
        Thread.ofVirtual().start(() -> carry(far, near, latency));
    }

    private void carry(Socket from, Socket to, Duration delay) {
        var buffer = new byte[8192];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
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
