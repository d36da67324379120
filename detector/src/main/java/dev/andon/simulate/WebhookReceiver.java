package dev.andon.simulate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/**
 * Where the CD system takes signals: checks the signature, drops what it has seen, and hands on the rest. Answers 204
 * once a signal was taken or recognised, 401 when the signature does not fit, 400 when the body is no signal.
 */
final class WebhookReceiver implements AutoCloseable {
    private static final int MAX_BODY_BYTES = 1 << 20;
    private static final int REMEMBERED_IDS = 10_000;

    /**
     * A signal as far as a CD system cares.
     *
     * @param action HALT, HOLD, CLEAR or ALARM
     * @param until end of a HOLD
     */
    record Received(
            String signalId,
            String action,
            Optional<String> rolloutId,
            Optional<String> cluster,
            Optional<Instant> until) {}

    private final HttpServer server;
    private final ExecutorService workers;
    private final WebhookSignature signature;
    private final Clock clock;
    private final Consumer<Received> consumer;
    private final ObjectMapper mapper = new ObjectMapper();
    private final Set<String> seen = Collections.newSetFromMap(new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > REMEMBERED_IDS;
        }
    });

    private WebhookReceiver(HttpServer server, String secret, Clock clock, Consumer<Received> consumer) {
        this.server = server;
        this.signature = new WebhookSignature(secret);
        this.clock = clock;
        this.consumer = consumer;
        this.workers = Executors.newSingleThreadExecutor(task -> {
            Thread thread = new Thread(task, "simulated-cd-webhook");
            thread.setDaemon(true);
            return thread;
        });
        server.setExecutor(workers);
        server.createContext("/signals", this::handle);
    }

    /** @throws IOException when no port can be opened on the loopback interface */
    static WebhookReceiver open(String secret, Clock clock, Consumer<Received> consumer) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
        WebhookReceiver receiver = new WebhookReceiver(server, secret, clock, consumer);
        server.start();
        return receiver;
    }

    URI url() {
        InetSocketAddress address = server.getAddress();
        return URI.create("http://" + address.getAddress().getHostAddress() + ":" + address.getPort() + "/signals");
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (!exchange.getRequestMethod().equals("POST")) {
                exchange.getResponseHeaders().set("Allow", "POST");
                exchange.sendResponseHeaders(405, -1);
                return;
            }
            byte[] body = exchange.getRequestBody().readNBytes(MAX_BODY_BYTES + 1);
            exchange.sendResponseHeaders(body.length > MAX_BODY_BYTES ? 413 : take(exchange, body), -1);
        }
    }

    /** @return the HTTP status to answer with */
    private int take(HttpExchange exchange, byte[] body) {
        String id = header(exchange, "webhook-id");
        String timestamp = header(exchange, "webhook-timestamp");
        String signatures = header(exchange, "webhook-signature");
        WebhookSignature.Verdict verdict = signature.check(id, timestamp, signatures, body, clock.instant());
        if (verdict == WebhookSignature.Verdict.MALFORMED) return 400;
        if (verdict != WebhookSignature.Verdict.GENUINE) return 401;
        Optional<Received> signal = read(body);
        if (signal.isEmpty()) return 400;
        if (seen.add(id)) consumer.accept(signal.get());
        return 204;
    }

    private static String header(HttpExchange exchange, String name) {
        return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name)).orElse("");
    }

    private Optional<Received> read(byte[] body) {
        try {
            JsonNode json = mapper.readTree(new String(body, StandardCharsets.UTF_8));
            Optional<String> id = text(json, "signalId");
            Optional<String> action = text(json, "action");
            if (id.isEmpty() || action.isEmpty()) return Optional.empty();
            Optional<Instant> until = text(json, "until").map(Instant::parse);
            return Optional.of(
                    new Received(id.get(), action.get(), text(json, "rolloutId"), text(json, "cluster"), until));
        } catch (JsonProcessingException | DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> text(JsonNode json, String field) {
        return json.path(field).isTextual() ? Optional.of(json.path(field).asText()) : Optional.empty();
    }

    @Override
    public void close() {
        server.stop(0);
        workers.shutdownNow();
    }
}
