package dev.andon.connect.kubernetes;

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
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * Keeps objects as an apiserver does: merge patches, refusal of an old resourceVersion, a generation that counts changes
 * of the spec, a status that only its subresource changes. It has no controllers: a test plays them.
 */
final class FakeApiserver implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final Map<String, ObjectNode> objects = new ConcurrentHashMap<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private volatile Consumer<ObjectNode> afterPatch = object -> {};
    private volatile int refuseWith;
    private long version;

    FakeApiserver() {
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

    /** Puts an object there; the text may use single quotes. */
    synchronized ObjectNode put(String path, String json) throws IOException {
        ObjectNode object = (ObjectNode) JSON.readTree(json.replace('\'', '"'));
        ObjectNode metadata = object.withObject("/metadata");
        metadata.put("resourceVersion", Long.toString(++version));
        if (!metadata.has("generation")) {
            metadata.put("generation", 2);
        }
        objects.put(path, object);
        return object;
    }

    ObjectNode get(String path) {
        ObjectNode object = objects.get(path);
        if (object == null) {
            throw new AssertionError("there is no " + path);
        }
        return object;
    }

    /** What every patch is answered with; 0 to carry it out. */
    void refuseWith(int status) {
        refuseWith = status;
    }

    /** What a controller does as soon as an object was changed. */
    void afterPatch(Consumer<ObjectNode> controller) {
        afterPatch = controller;
    }

    List<String> requests() {
        return List.copyOf(requests);
    }

    private synchronized void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String method = exchange.getRequestMethod();
            String path = exchange.getRequestURI().getPath();
            byte[] body = exchange.getRequestBody().readAllBytes();
            requests.add(method + " " + path);
            if (path.equals("/apis/apps/v1")) {
                answer(exchange, 200, JSON.createObjectNode());
                return;
            }
            boolean status = path.endsWith("/status");
            ObjectNode object = objects.get(status ? path.substring(0, path.length() - "/status".length()) : path);
            if (object == null) {
                answer(exchange, 404, JSON.createObjectNode());
            } else if (method.equals("GET")) {
                answer(exchange, 200, object);
            } else if (refuseWith != 0) {
                answer(exchange, refuseWith, JSON.createObjectNode());
            } else {
                answer(exchange, patch(object, (ObjectNode) JSON.readTree(body), status), object);
            }
        }
    }

    private int patch(ObjectNode object, ObjectNode patch, boolean status) {
        JsonNode expected = patch.path("metadata").path("resourceVersion");
        if (expected.isTextual() && !expected.equals(object.path("metadata").path("resourceVersion"))) {
            return 409;
        }
        JsonNode spec = object.path("spec").deepCopy();
        if (status) {
            patch.retain("status");
        } else {
            patch.remove("status");
        }
        merge(object, patch);
        ObjectNode metadata = object.withObject("/metadata");
        metadata.put("resourceVersion", Long.toString(++version));
        if (!object.path("spec").equals(spec)) {
            metadata.put("generation", metadata.path("generation").asLong() + 1);
        }
        afterPatch.accept(object);
        return 200;
    }

    /** RFC 7386. */
    private static void merge(ObjectNode target, JsonNode patch) {
        for (Map.Entry<String, JsonNode> field : patch.properties()) {
            if (field.getValue().isNull()) {
                target.remove(field.getKey());
            } else if (field.getValue().isObject()) {
                if (!target.path(field.getKey()).isObject()) {
                    target.putObject(field.getKey());
                }
                merge((ObjectNode) target.get(field.getKey()), field.getValue());
            } else {
                target.set(field.getKey(), field.getValue());
            }
        }
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
