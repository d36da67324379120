package dev.andon.connect.spinnaker;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * Keeps executions as Spinnaker does: only what runs can be paused, only what is paused can go on, and who did it is
 * written down. Knows one caller, andon, by an Authorization header.
 */
final class FakeGate implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final Map<String, ObjectNode> executions = new ConcurrentHashMap<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private volatile Consumer<ObjectNode> afterPut = execution -> {};

    FakeGate() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::handle);
        server.start();
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** Begins an execution in this state. */
    ObjectNode put(String id, String status) {
        ObjectNode execution = JSON.createObjectNode();
        execution.put("id", id).put("application", "shop").put("status", status);
        executions.put(id, execution);
        return execution;
    }

    /** What happens as soon as somebody was heard. */
    void afterPut(Consumer<ObjectNode> then) {
        afterPut = then;
    }

    List<String> requests() {
        return List.copyOf(requests);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String[] path = exchange.getRequestURI().getPath().split("/", -1);
            requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
            String caller = "Bearer andon".equals(exchange.getRequestHeaders().getFirst("Authorization"))
                    ? "andon@example.com"
                    : "anonymous";
            if (path[1].equals("auth")) {
                answer(exchange, 200, JSON.createObjectNode().put("username", caller));
                return;
            }
            ObjectNode execution = executions.get(path[2]);
            if (execution == null) {
                answer(exchange, 404, JSON.createObjectNode());
            } else if (path.length == 3) {
                answer(exchange, 200, execution);
            } else {
                answer(exchange, act(execution, path[3], caller), JSON.createObjectNode());
                afterPut.accept(execution);
            }
        }
    }

    private static int act(ObjectNode execution, String what, String caller) {
        String status = execution.path("status").asText();
        switch (what) {
            case "pause" -> {
                if (!status.equals("RUNNING")) {
                    return 500;
                }
                execution.put("status", "PAUSED").putObject("paused").put("pausedBy", caller);
            }
            case "resume" -> {
                if (!status.equals("PAUSED")) {
                    return 500;
                }
                execution.put("status", "RUNNING").withObject("/paused").put("resumedBy", caller);
            }
            case "cancel" -> execution.put("status", "CANCELED").put("canceledBy", caller);
            default -> {
                return 404;
            }
        }
        return 200;
    }

    private static void answer(HttpExchange exchange, int status, ObjectNode body) throws IOException {
        byte[] bytes = JSON.writeValueAsBytes(body);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
