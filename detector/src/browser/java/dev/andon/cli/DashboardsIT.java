package dev.andon.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.andon.dashboards.Boards;
import dev.andon.dashboards.PrometheusServer;
import dev.andon.testing.RequiresTool;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The dashboards and the rules on a real Prometheus that scrapes the whole program while it halts a rollout. */
@Tag("browser")
@RequiresTool("prometheus")
@Timeout(300)
class DashboardsIT {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void everyPanelShowsDataDuringADemoAndEveryMetricNamedIsThere() throws Exception {
        int port = PrometheusServer.freePort();
        Terminal terminal = new Terminal();
        try (PrometheusServer prometheus = PrometheusServer.start(folder, "127.0.0.1:" + port, Boards.RULES)) {
            CompletableFuture<Integer> demo = CompletableFuture.supplyAsync(
                    () -> terminal.run("demo", "--json", "--port", Integer.toString(port)));
            List<Boards.Query> empty = new ArrayList<>(Boards.queries());
            assertThat(empty).hasSizeGreaterThan(50);
            await().atMost(Duration.ofMinutes(4))
                    .pollInterval(Duration.ofMillis(500))
                    .until(() -> {
                        empty.removeIf(query -> prometheus.hasData(query.expression()));
                        return demo.isDone();
                    });
            assertThat(demo.get()).as(terminal.err()).isEqualTo(ExitCode.DONE);
            assertThat(empty).as("panels without data").isEmpty();
            Set<String> missing = new TreeSet<>(Boards.metrics());
            prometheus.get("/api/v1/label/__name__/values").forEach(name -> missing.remove(name.asText()));
            assertThat(missing).as("metrics that nobody exports").isEmpty();
            for (JsonNode group : prometheus.get("/api/v1/rules").path("groups")) {
                group.path("rules")
                        .forEach(rule -> assertThat(rule.path("health").asText())
                                .as(rule.path("name").asText() + ": "
                                        + rule.path("lastError").asText())
                                .isEqualTo("ok"));
            }
        }
    }
}
