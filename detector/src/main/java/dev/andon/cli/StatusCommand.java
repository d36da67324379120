package dev.andon.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code andon status}: what a running service knows. */
@Command(
        name = "status",
        description =
                "Asks a running service for clusters, rollouts, what it says of them, and how far that was delivered.",
        footer = {"Examples:", "  andon status", "  andon status --url http://andon.internal:8080 --json"})
final class StatusCommand implements Callable<Integer> {
    /** As in the console: three intervals without a sample, and never sooner than this. */
    private static final int SILENT_INTERVALS = 3;

    private static final Duration LEAST_SILENCE = Duration.ofSeconds(15);

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--url",
            paramLabel = "URL",
            defaultValue = "http://127.0.0.1:8080",
            description = "Where the service is (default: ${DEFAULT-VALUE}).")
    private URI url = URI.create("http://127.0.0.1:8080");

    @Option(names = "--json", description = "Print clusters and rollouts as one JSON object each.")
    private boolean json;

    @Override
    public Integer call() {
        ApiClient api = new ApiClient(url);
        JsonNode clusters = api.get("/v1/clusters");
        JsonNode rollouts = api.get("/v1/rollouts");
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(clusters);
            out.println(rollouts);
        } else {
            mode(out, clusters);
            Instant now = Instant.parse(clusters.path("now").asText());
            clusters.path("clusters").forEach(cluster -> cluster(out, cluster, now));
            rollouts.path("rollouts").forEach(rollout -> rollout(out, rollout));
        }
        out.flush();
        return ExitCode.DONE;
    }

    private static void mode(PrintWriter out, JsonNode answer) {
        // An older service does not say it.
        if (answer.has("mode")) {
            boolean observes = answer.path("mode").asText().equals("OBSERVE");
            out.println("mode     " + (observes ? "observe: signals are withheld, nothing is stopped" : "enforce"));
        }
        if (answer.has("trouble")) {
            out.println("trouble  cannot decide: " + answer.path("trouble").asText());
        }
    }

    /** No data is never fine. */
    private static String health(JsonNode cluster, Instant now) {
        if (cluster.path("hurt").asBoolean()) return "HURT";
        if (!cluster.has("lastSample")) return "no data";
        Duration age = Duration.between(Instant.parse(cluster.path("lastSample").asText()), now);
        Duration missed = Duration.ofMillis(
                SILENT_INTERVALS * cluster.path("intervalMillis").asLong());
        boolean silent = age.compareTo(missed) > 0 && age.compareTo(LEAST_SILENCE) > 0;
        return silent ? "silent" : "fine";
    }

    private static void cluster(PrintWriter out, JsonNode cluster, Instant now) {
        JsonNode p99 = cluster.path("apiserver").path("p99Seconds");
        JsonNode dns = cluster.path("dns").path("errorRatio");
        out.printf(
                Locale.ROOT,
                "cluster  %-24s %-7s p99 %-8s dns errors %s%n",
                cluster.path("cluster").asText(),
                health(cluster, now),
                p99.isNumber() ? Quantities.seconds(p99.asDouble()) : "-",
                dns.isNumber() ? Quantities.percent(dns.asDouble()) : "-");
        if (cluster.has("alarm")) {
            StatusDelivery.lines("ALARM", cluster.path("delivered")).forEach(line -> out.println("         " + line));
        }
    }

    private static void rollout(PrintWriter out, JsonNode rollout) {
        JsonNode standing = rollout.path("standing");
        out.printf(
                Locale.ROOT,
                "rollout  %-24s %-11s %d/%d%n",
                rollout.path("rolloutId").asText(),
                standing.isMissingNode()
                        ? rollout.path("phase").asText().toLowerCase(Locale.ROOT)
                        : standing.path("action").asText(),
                rollout.path("updated").asLong(),
                rollout.path("total").asLong());
        if (!standing.isMissingNode()) {
            Wrap.lines(standing.path("reason").asText(), 70).forEach(line -> out.println("         " + line));
            StatusDelivery.lines(standing.path("action").asText(), rollout.path("delivered"))
                    .forEach(line -> out.println("         " + line));
        }
    }
}
