package fr.raccroche;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;

/**
 * Ports for what a test starts and starts again. They lie below those that the system gives to connections, and each of
 * the processes that run tests side by side has its own, so that nobody else takes one meanwhile.
 */
public final class TestingPorts {

    private static final int EACH = 1_000;
    private static int next = 20_000 + (TestingNode.PORT - TestingNode.FIRST_PORT) * EACH;

    private TestingPorts() {}

    /** A port of 127.0.0.1 on which nobody listens. */
    public static synchronized int free() {
        while (true) {
            int port = next++;
            try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (BindException e) {
                // somebody else's: the next one
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
