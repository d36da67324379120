package dev.andon.connect.argocd;

import com.fasterxml.jackson.databind.JsonNode;
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
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * One application and its project, as the API server of Argo CD shows them: an operation is first marked as terminating and
 * ended by the controller later, a project is replaced as a whole and only in the version that was read.
 */
final class FakeArgoCd implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final List<String> requests = new CopyOnWriteArrayList<>();
    volatile ObjectNode application = JSON.createObjectNode();
    volatile ObjectNode project = JSON.createObjectNode();
    volatile boolean changedMeanwhile;
    /** The method on projects that the account has no right for. */
    volatile String forbidden = "";

    private long version = 7;

    FakeArgoCd() {
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

    /** Sets both; the texts may use single quotes. */
    void put(String applicationJson, String projectJson) throws IOException {
        application = read(applicationJson);
        project = read(projectJson);
        project.withObject("/metadata").put("resourceVersion", Long.toString(version));
    }

    /** A sync that is running. */
    void syncs() {
        application.putObject("operation").putObject("sync");
        application.withObject("/status/operationState").put("phase", "Running");
    }

    /** What the controller does some time after an operation was marked as terminating. */
    void controllerEndsTheSync() {
        application.remove("operation");
        application.withObject("/status/operationState").put("phase", "Failed");
    }

    List<String> requests() {
        return List.copyOf(requests);
    }

    private static ObjectNode read(String json) throws IOException {
        return (ObjectNode) JSON.readTree(json.replace('\'', '"'));
    }

    private synchronized void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String method = exchange.getRequestMethod();
            String path = exchange.getRequestURI().toString();
            requests.add(method + " " + path);
            JsonNode body = JSON.readTree(exchange.getRequestBody().readAllBytes());
            boolean known = "Bearer andon".equals(exchange.getRequestHeaders().getFirst("Authorization"));
            if (path.equals("/api/v1/session/userinfo")) {
                answer(exchange, 200, known ? read("{'loggedIn':true}") : JSON.createObjectNode());
            } else if (!known) {
                answer(exchange, 401, JSON.createObjectNode());
            } else if (method.equals("DELETE")) {
                answer(exchange, terminate(), JSON.createObjectNode());
            } else if (path.startsWith("/api/v1/applications/")) {
                answer(exchange, 200, application);
            } else if (method.equals(forbidden)) {
                answer(exchange, 403, JSON.createObjectNode());
            } else if (method.equals("PUT")) {
                answer(exchange, replace(body.path("project")), project);
            } else {
                answer(exchange, 200, project);
            }
        }
    }

    private int terminate() {
        if (!application.has("operation")) {
            return 400;
        }
        application.withObject("/status/operationState").put("phase", "Terminating");
        return 200;
    }

    private int replace(JsonNode wanted) {
        if (changedMeanwhile) {
            changedMeanwhile = false;
            project.withObject("/metadata").put("resourceVersion", Long.toString(++version));
        }
        if (!wanted.at("/metadata/resourceVersion").equals(project.at("/metadata/resourceVersion"))) {
            return 409;
        }
        project = wanted.deepCopy();
        project.withObject("/metadata").put("resourceVersion", Long.toString(++version));
        return 200;
    }

    private static void answer(HttpExchange exchange, int status, JsonNode body) throws IOException {
        byte[] bytes = JSON.writeValueAsBytes(body);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
