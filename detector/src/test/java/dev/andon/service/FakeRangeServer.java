package dev.andon.service;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** Answers range queries as a Prometheus that has one series, whose value at each step is the step's own time. */
final class FakeRangeServer implements AutoCloseable {
    private final HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    private final Duration thinks;

    /** @param thinks how long an answer takes */
    FakeRangeServer(Duration thinks) throws IOException {
        this.thinks = thinks;
        server.createContext("/api/v1/query_range", this::answer);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String form = URLDecoder.decode(new String(exchange.getRequestBody().readAllBytes(), UTF_8), UTF_8);
        long start = parameter(form, "start");
        long end = parameter(form, "end");
        long step = parameter(form, "step");
        String values = LongStream.iterate(start, time -> time <= end, time -> time + step)
                .mapToObj(time -> "[" + time + ",\"" + time + "\"]")
                .collect(Collectors.joining(","));
        byte[] body =
                ("{\"status\":\"success\",\"data\":{\"resultType\":\"matrix\",\"result\":[{\"metric\":{\"cluster\":"
                                + "\"prod\"},\"values\":[" + values + "]}]}}")
                        .getBytes(UTF_8);
        pause();
        exchange.sendResponseHeaders(200, body.length);
        try (exchange) {
            exchange.getResponseBody().write(body);
        }
    }

    private void pause() {
        try {
            Thread.sleep(thinks.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static long parameter(String form, String name) {
        String from = form.substring(form.lastIndexOf("&" + name + "=") + name.length() + 2);
        return Math.round(Double.parseDouble(from.contains("&") ? from.substring(0, from.indexOf('&')) : from));
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
