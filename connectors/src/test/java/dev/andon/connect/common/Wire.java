package dev.andon.connect.common;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;

/** A listener that says the same raw bytes to everybody, whatever it is sent. */
public final class Wire implements AutoCloseable {
    private static final int PAUSE_MILLIS = 20;

    /** How a listener treats whoever calls. */
    private interface Manner {
        void serve(Socket peer) throws IOException;
    }

    private final ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    private final CompletableFuture<Void> served;

    public Wire(String says, boolean hangUp) throws IOException {
        this(peer -> {
            peer.getInputStream().read();
            OutputStream out = peer.getOutputStream();
            out.write(says.getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
            while (!hangUp && peer.getInputStream().read() >= 0) {
                // holds the line until the other side lets go
            }
        });
    }

    private Wire(Manner manner) throws IOException {
        served = CompletableFuture.runAsync(() -> {
            try (Socket peer = socket.accept()) {
                manner.serve(peer);
            } catch (IOException e) {
                // the other side hung up first
            }
        });
    }

    /** Breaks the connection off with a reset as soon as something was sent. */
    public static Wire resetting() throws IOException {
        return new Wire(peer -> {
            peer.getInputStream().read();
            peer.setSoLinger(true, 0);
        });
    }

    /** Answers one byte after the other, each after a pause: never silent for long, and never done in time. */
    public static Wire dripping(String says) throws IOException {
        return new Wire(peer -> {
            peer.setSoTimeout(PAUSE_MILLIS);
            for (byte next : says.getBytes(StandardCharsets.ISO_8859_1)) {
                pause(peer);
                peer.getOutputStream().write(next);
                peer.getOutputStream().flush();
            }
        });
    }

    private static void pause(Socket peer) throws IOException {
        try {
            while (peer.getInputStream().read() >= 0) {
                // the rest of the request
            }
        } catch (SocketTimeoutException e) {
            // for so long the other side said nothing
        }
    }

    public URI uri() {
        return URI.create("http://127.0.0.1:" + socket.getLocalPort() + "/");
    }

    @Override
    public void close() throws IOException {
        socket.close();
        served.cancel(true);
    }
}
