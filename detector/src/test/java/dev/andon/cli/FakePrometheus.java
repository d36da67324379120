package dev.andon.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Answers range queries as a Prometheus server would that has watched some clusters for long. From the onset on, LISTs in the first
 * cluster take a hundred times as long.
 */
final class FakePrometheus implements AutoCloseable {
    private static final double[] BOUNDS = {0.005, 0.025, 0.1, 0.5, 1, 5, 10, 30, 60};
    private static final String[] VERBS = {"GET", "LIST", "PUT", "PATCH", "POST", "DELETE"};

    private final HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    private final AtomicInteger asked = new AtomicInteger();
    private final int clusters;
    private final Instant onset;
    private volatile int answers = Integer.MAX_VALUE;

    FakePrometheus(int clusters, Instant onset) throws IOException {
        this.clusters = clusters;
        this.onset = onset;
        server.setExecutor(Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task);
            thread.setDaemon(true);
            return thread;
        }));
        server.createContext("/api/v1/query_range", this::answer);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    int asked() {
        return asked.get();
    }

    /** From now on it answers so many questions, and then it is overloaded. */
    void answersOnly(int questions) {
        answers = asked.get() + questions;
    }

    private void answer(HttpExchange exchange) throws IOException {
        String form = URLDecoder.decode(
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        boolean overloaded = asked.incrementAndGet() > answers;
        byte[] body = (overloaded
                        ? "overloaded"
                        : "{\"status\":\"success\",\"data\":{\"result\":[" + series(form) + "]}}")
                .getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(overloaded ? 503 : 200, body.length);
        try (exchange) {
            exchange.getResponseBody().write(body);
        }
    }

    private String series(String form) {
        String query = form.substring("query=".length(), form.lastIndexOf("&start="));
        long start = Math.round(Double.parseDouble(parameter(form, "start")));
        long end = Math.round(Double.parseDouble(parameter(form, "end")));
        long step = Math.round(Double.parseDouble(parameter(form, "step")));
        List<String> all = new ArrayList<>();
        for (int cluster = 0; cluster < clusters; cluster++) {
            String at = "\"cluster\":\"c" + cluster + "\",\"instance\":\"a\"";
            if (query.contains("coredns")) {
                all.add(one(at + ",\"rcode\":\"NOERROR\"", start, end, step, 500, cluster, 0, 0));
                continue;
            }
            for (int verb = 0; verb < VERBS.length; verb++) {
                String labels = at + ",\"scope\":\"cluster\",\"verb\":\"" + VERBS[verb] + "\"";
                if (query.contains("_total")) {
                    all.add(one(labels + ",\"code\":\"200\"", start, end, step, 40, cluster, verb, BOUNDS.length));
                } else if (query.contains("_bucket")) {
                    for (int i = 0; i <= BOUNDS.length; i++) {
                        String le = i == BOUNDS.length ? "+Inf" : String.valueOf(BOUNDS[i]);
                        all.add(one(labels + ",\"le\":\"" + le + "\"", start, end, step, 40, cluster, verb, i));
                    }
                }
            }
        }
        return String.join(",", all);
    }

    /** The total grows by {@code rate} per second, of which those up to bucket {@code bucket} are within it. */
    private String one(String labels, long start, long end, long step, double rate, int cluster, int verb, int bucket) {
        StringBuilder values = new StringBuilder((int) ((end - start) / step) * 24);
        for (long time = start; time <= end; time += step) {
            values.append(values.length() == 0 ? "[" : ",[")
                    .append(time)
                    .append(",\"")
                    .append(Math.round(total(time, step, rate, cluster, verb, bucket)))
                    .append("\"]");
        }
        return String.format(Locale.ROOT, "{\"metric\":{%s},\"values\":[%s]}", labels, values);
    }

    private double total(long time, long step, double rate, int cluster, int verb, int bucket) {
        boolean slow = cluster == 0 && verb == 1;
        long since = slow ? Math.max(0, time - onset.getEpochSecond()) : 0;
        long noise = new SplittableRandom(31 * (time / step) + 7L * cluster + verb).nextLong(60);
        double before = rate * (time - since - 1_700_000_000L) + (since == 0 ? noise : 0);
        double fast = Math.min(1, 0.6 + 0.15 * bucket);
        return fast * before + (bucket >= 6 && since > 0 ? rate * since + noise : 0);
    }

    private static String parameter(String form, String name) {
        String from = form.substring(form.lastIndexOf("&" + name + "=") + name.length() + 2);
        return from.contains("&") ? from.substring(0, from.indexOf('&')) : from;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
