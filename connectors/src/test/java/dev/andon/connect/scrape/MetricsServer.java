package dev.andon.connect.scrape;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A local server whose answers the test decides, on a port of its own. */
final class MetricsServer implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final List<HttpExchange> requests = new CopyOnWriteArrayList<>();
    private volatile Answer answer;

    /** How to answer a request. */
    @FunctionalInterface
    interface Answer {
        void to(HttpExchange request) throws IOException, InterruptedException;

        static Answer page(String contentType, byte[] body) {
            return status(200, contentType, "", body);
        }

        static Answer status(int status, String contentType, String encoding, byte[] body) {
            return request -> {
                request.getResponseHeaders().set("Content-Type", contentType);
                if (!encoding.isEmpty()) {
                    request.getResponseHeaders().set("Content-Encoding", encoding);
                }
                request.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
                request.getResponseBody().write(body);
            };
        }
    }

    MetricsServer(Answer answer) {
        this.answer = answer;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    void answer(Answer next) {
        answer = next;
    }

    /** Answers with half a page and then nothing until the server is closed. */
    Answer neverEnding() {
        return request -> {
            request.getResponseHeaders().set("Content-Type", "text/plain");
            request.sendResponseHeaders(200, 1000);
            request.getResponseBody().write("half".getBytes(StandardCharsets.US_ASCII));
            request.getResponseBody().flush();
            closed.await();
        };
    }

    List<HttpExchange> requests() {
        return requests;
    }

    String hostAndPort() {
        return server.getAddress().getAddress().getHostAddress() + ":"
                + server.getAddress().getPort();
    }

    String url() {
        return "http://" + hostAndPort();
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange request) throws IOException {
        requests.add(request);
        try (request) {
            answer.to(request);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
