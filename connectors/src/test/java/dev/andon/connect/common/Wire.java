package dev.andon.connect.common;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;

/** A listener that says the same raw bytes to everybody, whatever it is sent. */
public final class Wire implements AutoCloseable {
    private final ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    private final CompletableFuture<Void> served;

    public Wire(String says, boolean hangUp) throws IOException {
        served = CompletableFuture.runAsync(() -> {
            try (Socket peer = socket.accept()) {
                peer.getInputStream().read();
                OutputStream out = peer.getOutputStream();
                out.write(says.getBytes(StandardCharsets.ISO_8859_1));
                out.flush();
                while (!hangUp && peer.getInputStream().read() >= 0) {
                    // holds the line until the other side lets go
                }
            } catch (IOException e) {
                // the other side hung up first
            }
        });
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
