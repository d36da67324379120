package dev.andon.connect.query;

import static org.apache.kafka.common.config.ConfigDef.Importance.HIGH;
import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;

import dev.andon.connect.common.ConfigTable;
import dev.andon.connect.outlet.Topics;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.NonEmptyString;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/** The options of the Prometheus query source. */
final class PrometheusQuerySourceConfig {
    static final String URL = "prometheus.url";
    static final String QUERIES = "queries";
    static final String CLUSTER_LABEL = "cluster.label";
    static final String CLUSTER_DEFAULT = "cluster.default";
    static final String STEP_MS = "step.ms";
    static final String LAG_MS = "lag.ms";
    static final String FROM = "from";
    static final String TIMEOUT_MS = "request.timeout.ms";
    static final String STEPS_MAX = "request.max.steps";
    static final String ANSWER_MAX_BYTES = "answer.max.bytes";
    static final String TOKEN = "bearer.token";
    static final String TOKEN_FILE = "bearer.token.file";
    static final String CA = "tls.ca.file";

    static final ConfigDef OPTIONS = options();

    private PrometheusQuerySourceConfig() {}

    /** PromQL has commas, so queries are parted by lines. */
    static List<RangeQuery> queries(String text) {
        return Arrays.stream(text.split("\n", -1))
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .map(RangeQuery::parse)
                .toList();
    }

    private interface Check {
        void of(String text);
    }

    /** A check of a text that may be left out. */
    private record Checked(Check check, String allowed) implements ConfigDef.Validator {
        @Override
        public void ensureValid(String name, @Nullable Object value) {
            if (value instanceof String text) {
                try {
                    check.of(text);
                } catch (IllegalArgumentException | DateTimeException e) {
                    throw new ConfigException(name + ": " + e.getMessage());
                }
            }
        }

        @Override
        public String toString() {
            return allowed;
        }
    }

    private static void checkUrl(String text) {
        URI url = URI.create(text);
        if (!("http".equals(url.getScheme()) || "https".equals(url.getScheme())) || url.getHost() == null) {
            throw new IllegalArgumentException("it must begin with http:// or https:// and name a host");
        }
        if (url.getUserInfo() != null) {
            throw new IllegalArgumentException("it holds credentials; leave them out and use bearer.token");
        }
    }

    private static void checkQueries(String text) {
        if (queries(text).isEmpty()) {
            throw new IllegalArgumentException("at least one query is needed; write " + RangeQuery.SYNTAX);
        }
    }

    private static ConfigDef options() {
        var options = new ConfigDef();
        var table = new ConfigTable(options);
        table.group("What to ask");
        table.option(
                        URL,
                        ConfigDef.Type.STRING,
                        ConfigDef.NO_DEFAULT_VALUE,
                        new Checked(PrometheusQuerySourceConfig::checkUrl, "http:// or https:// URL"),
                        HIGH)
                .doc(
                        "Address of the server, such as `https://prometheus.example.com`; of Thanos, Mimir or VictoriaMetrics"
                                + " with the path before /api.");
        table.option(
                        QUERIES,
                        ConfigDef.Type.STRING,
                        ConfigDef.NO_DEFAULT_VALUE,
                        new Checked(PrometheusQuerySourceConfig::checkQueries, RangeQuery.SYNTAX + ", one per line"),
                        HIGH)
                .doc(
                        "Queries, one per line: `<job>/errors 1 HIGHER: sum by (job, cluster) (rate(errors_total[1m]))`. Each"
                                + " series of the result is a measurement; `<label>` in the name stands for the value of that"
                                + " label.");
        table.option(CLUSTER_LABEL, ConfigDef.Type.STRING, "cluster", new NonEmptyString(), MEDIUM)
                .doc("Label of the result that names the cluster.");
        table.option(CLUSTER_DEFAULT, ConfigDef.Type.STRING, "", null, MEDIUM)
                .doc("Cluster of series without that label. Left empty, such series are refused.");
        table.group("When");
        table.option(STEP_MS, ConfigDef.Type.LONG, 15_000L, Range.between(1_000, 3_600_000), HIGH)
                .doc("Time between two points. With 15000 points lie at :00, :15, :30 and :45.");
        table.option(LAG_MS, ConfigDef.Type.LONG, 30_000L, Range.between(0, 86_400_000), MEDIUM)
                .doc("How long the server needs until it has everything of a time: one scrape interval, the evaluation"
                        + " of rules, and what comes late. With 30000 a point is asked for 30 s after its time.");
        table.option(
                        FROM,
                        ConfigDef.Type.STRING,
                        null,
                        new Checked(Instant::parse, "instant such as 2026-01-01T00:00:00Z"),
                        MEDIUM)
                .doc("Where to begin when nothing was written yet, for a warm start; now when left out.");
        table.group("Requests");
        table.option(TIMEOUT_MS, ConfigDef.Type.LONG, 10_000L, Range.between(100, 600_000), LOW)
                .doc(
                        "Longest time for one request. After a failure the next is made after 1, 2, 4 … and at most 60 s.");
        table.option(STEPS_MAX, ConfigDef.Type.INT, 240, Range.between(1, 11_000), LOW)
                .doc("Most steps in one request. With 240 and a step of 15000 history is read hour by hour.");
        table.option(
                        ANSWER_MAX_BYTES,
                        ConfigDef.Type.INT,
                        16 * 1024 * 1024,
                        Range.between(1024, 1024 * 1024 * 1024),
                        LOW)
                .doc("Largest answer that is read. Fewer steps, or a query that sums up more, make it smaller.");
        table.group("Access");
        table.option(TOKEN, ConfigDef.Type.PASSWORD, null, null, MEDIUM)
                .doc("Token to send, through a config provider.");
        table.option(TOKEN_FILE, ConfigDef.Type.STRING, null, null, MEDIUM)
                .doc("File that holds the token, read again for every request. Excludes the option above.");
        table.option(CA, ConfigDef.Type.STRING, null, null, MEDIUM)
                .doc("PEM file of the authorities that sign the server's certificate; Java's own otherwise.");
        Topics.declare(table, Topics.Kind.MEASUREMENTS);
        return options;
    }
}
