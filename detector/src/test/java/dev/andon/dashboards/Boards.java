package dev.andon.dashboards;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The dashboards for Grafana and the rules for Prometheus, as they lie in the source tree. */
public final class Boards {
    public static final Path RULES = Path.of("..", "dashboards", "prometheus", "andon.rules.yaml");
    static final Path RULE_TESTS = RULES.resolveSibling("andon.rules.test.yaml");
    private static final Path GRAFANA = Path.of("..", "dashboards", "grafana");
    private static final Pattern METRIC = Pattern.compile("\\b(?:andon|kafka|jvm|process)_[a-z0-9_]+\\b");

    private Boards() {}

    /** One file of {@code dashboards/grafana}. */
    record Board(String file, JsonNode json) {
        /** @return all panels that show something */
        List<JsonNode> panels() {
            List<JsonNode> panels = new ArrayList<>();
            json.path("panels").forEach(panel -> {
                if (!panel.path("type").asText().equals("row")) panels.add(panel);
            });
            return panels;
        }
    }

    /**
     * What one line of one panel asks.
     *
     * @param panel for people: dashboard and title
     * @param expression without variables, as Prometheus takes it
     */
    public record Query(String panel, String expression) {}

    static List<Board> all() throws IOException {
        try (var files = Files.list(GRAFANA)) {
            List<Board> boards = new ArrayList<>();
            for (Path file : files.sorted().toList()) {
                boards.add(new Board(file.getFileName().toString(), new ObjectMapper().readTree(file.toFile())));
            }
            return boards;
        }
    }

    /** @return what all panels ask, with every variable set to all */
    public static List<Query> queries() throws IOException {
        List<Query> queries = new ArrayList<>();
        for (Board board : all()) {
            for (JsonNode panel : board.panels()) {
                String name = board.json().path("title").asText() + ": "
                        + panel.path("title").asText();
                panel.path("targets")
                        .forEach(target -> queries.add(new Query(
                                name,
                                target.path("expr")
                                        .asText()
                                        .replace("$__rate_interval", "15s")
                                        .replaceAll("\\$(cluster|rollout|instance|connector)\\b", ".*"))));
            }
        }
        return queries;
    }

    static List<JsonNode> alerts() throws IOException {
        List<JsonNode> alerts = new ArrayList<>();
        yaml(RULES).path("groups").forEach(group -> group.path("rules").forEach(alerts::add));
        return alerts;
    }

    static JsonNode yaml(Path file) throws IOException {
        return new ObjectMapper(new YAMLFactory()).readTree(file.toFile());
    }

    /** @return every metric that a panel, a variable or a rule names */
    public static Set<String> metrics() throws IOException {
        StringBuilder text = new StringBuilder();
        for (Query query : queries()) text.append(query.expression()).append('\n');
        for (Board board : all()) text.append(board.json().path("templating")).append('\n');
        for (JsonNode alert : alerts()) text.append(alert.path("expr").asText()).append('\n');
        Set<String> metrics = new TreeSet<>();
        Matcher found = METRIC.matcher(text);
        while (found.find()) metrics.add(found.group());
        return metrics;
    }
}
