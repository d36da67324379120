package dev.andon.connect.watch;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class KubernetesWatchSourceConnectorTest {
    private final AtomicInteger asked = new AtomicInteger();
    private final HttpServer apiserver;
    private volatile int status = 200;

    KubernetesWatchSourceConnectorTest() throws IOException {
        apiserver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    }

    @BeforeEach
    void listen() {
        apiserver.createContext("/", request -> {
            asked.incrementAndGet();
            byte[] version =
                    "{\"major\":\"1\",\"minor\":\"35\",\"gitVersion\":\"v1.35.0\"}".getBytes(StandardCharsets.UTF_8);
            request.getResponseHeaders().set("Content-Type", "application/json");
            request.sendResponseHeaders(status, version.length);
            try (request) {
                request.getResponseBody().write(version);
            }
        });
        apiserver.start();
    }

    @AfterEach
    void stop() {
        apiserver.stop(0);
    }

    @Test
    void asksTheApiserverBeforeItAccepts() {
        assertThat(errors(props())).isEmpty();
        assertThat(asked).hasPositiveValue();
    }

    @Test
    void saysThatTheApiserverRefuses() {
        status = 403;

        assertThat(errors(props()))
                .containsOnlyKeys("kubernetes.url")
                .hasEntrySatisfying("kubernetes.url", messages -> assertThat(messages)
                        .containsExactly("the API server answers 403; check the token and its rights"));
    }

    @Test
    void asksNobodyWhileAFieldIsWrong() {
        var props = props();
        props.put("kinds", "Deployment,Nonsense");

        assertThat(errors(props)).containsOnlyKeys("kinds");
        assertThat(asked).hasValue(0);
    }

    private Map<String, String> props() {
        return new HashMap<>(Map.of(
                "cluster",
                "prod",
                "kubernetes.url",
                "http://127.0.0.1:" + apiserver.getAddress().getPort()));
    }

    private static Map<String, List<String>> errors(Map<String, String> props) {
        var errors = new HashMap<String, List<String>>();
        new KubernetesWatchSourceConnector()
                .validate(props).configValues().stream()
                        .filter(value -> !value.errorMessages().isEmpty())
                        .forEach(value -> errors.put(value.name(), value.errorMessages()));
        return errors;
    }
}
