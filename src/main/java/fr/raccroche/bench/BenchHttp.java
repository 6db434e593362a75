package fr.raccroche.bench;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** One HTTP/1.1 connection that is kept: as light as a client can be, so that the machine is left to what is measured. */
final class BenchHttp implements AutoCloseable {

    private final URI server;
    private final Socket socket;
    private final InputStream in;

    BenchHttp(URI server) throws IOException {
        this.server = server;
        this.socket = new Socket(server.getHost(), server.getPort());
        this.socket.setTcpNoDelay(true);
        this.in = new BufferedInputStream(socket.getInputStream());
    }

    /**
     * Posts a form.
     *
     * @param header one more header line, without its end
     * @throws IOException when the answer is not 204
     */
    void post(String path, String header, String form) throws IOException {
        String request = """
                POST %s HTTP/1.1\r
                Host: %s\r
                Origin: %s\r
                %s\r
                Content-Type: application/x-www-form-urlencoded\r
                Content-Length: %d\r
                \r
                %s""".formatted(path, server.getAuthority(), server, header, form.length(), form);
        socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
        String status = line();
        int length = 0;
        for (String line = line(); !line.isEmpty(); line = line()) {
            if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                length = Integer.parseInt(
                        line.substring("content-length:".length()).strip());
            }
        }
        byte[] body = in.readNBytes(length);
        if (!status.startsWith("HTTP/1.1 204")) {
            throw new IOException(
                    "%s answers %s: %s".formatted(path, status, new String(body, StandardCharsets.UTF_8)));
        }
    }

    private String line() throws IOException {
        var line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("The server closed the connection");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
