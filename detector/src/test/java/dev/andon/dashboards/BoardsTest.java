package dev.andon.dashboards;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.andon.testing.RequiresTool;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class BoardsTest {
    @Test
    void everyPanelHasATitleADescriptionAUnitAndTheChosenDataSource() throws IOException {
        assertThat(Boards.all())
                .extracting(Boards.Board::file)
                .containsExactly(
                        "andon-connectors.json", "andon-detector.json", "andon-fleet.json", "andon-rollout.json");
        for (Boards.Board board : Boards.all()) {
            Set<Integer> ids = new HashSet<>();
            for (JsonNode panel : board.panels()) {
                String name = board.file() + ": " + panel.path("title").asText();
                assertThat(panel.path("title").asText()).as(name).isNotBlank();
                assertThat(panel.path("description").asText()).as(name).hasSizeGreaterThan(20);
                assertThat(panel.path("fieldConfig")
                                .path("defaults")
                                .path("unit")
                                .asText())
                        .as(name)
                        .isNotBlank();
                assertThat(panel.path("datasource").path("uid").asText())
                        .as(name)
                        .isEqualTo("${datasource}");
                assertThat(panel.path("targets").isEmpty()).as(name).isFalse();
                panel.path("targets").forEach(target -> assertThat(
                                target.path("datasource").path("uid").asText())
                        .as(name)
                        .isEqualTo("${datasource}"));
                assertThat(ids.add(panel.path("id").asInt())).as(name).isTrue();
            }
            assertThat(board.json()
                            .path("templating")
                            .path("list")
                            .path(0)
                            .path("name")
                            .asText())
                    .isEqualTo("datasource");
        }
    }

    @Test
    void everyAlertHasASectionInTheRunbookAndACaseInWhichItFiresAndOneInWhichItDoesNot() throws IOException {
        String runbook = Files.readString(Path.of("..", "docs", "runbook.md"));
        JsonNode tests = Boards.yaml(Boards.RULE_TESTS).path("tests");
        for (JsonNode alert : Boards.alerts()) {
            String name = alert.path("alert").asText();
            assertThat(runbook).contains("\n## " + name + "\n");
            assertThat(alert.path("annotations").path("runbook").asText())
                    .isEqualTo("docs/runbook.md#" + name.toLowerCase(Locale.ROOT));
            Set<Boolean> fires = new TreeSet<>();
            tests.forEach(test -> test.path("alert_rule_test").forEach(one -> {
                if (one.path("alertname").asText().equals(name)) {
                    fires.add(!one.path("exp_alerts").isEmpty());
                }
            }));
            assertThat(fires).as(name).containsExactly(false, true);
        }
    }

    @Test
    @RequiresTool("promtool")
    void alertsFireWhenTheyShouldAndOnlyThen() throws IOException, InterruptedException {
        Path folder = Path.of("..", "dashboards", "prometheus");
        Process promtool = new ProcessBuilder(
                        "promtool",
                        "test",
                        "rules",
                        Boards.RULE_TESTS.getFileName().toString())
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(promtool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(promtool.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(promtool.exitValue()).as(said).isZero();
    }
}
