package dev.andon.cli;

import dev.andon.domain.ClusterInfo;
import dev.andon.service.config.AndonConfig;
import dev.andon.simulate.Endpoint;
import dev.andon.simulate.SimulatedFleet;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The configuration of the demo, written as a user would write it: the embedded broker, the pages of the simulated clusters, the
 * webhook of the simulated CD system.
 *
 * @param port of the HTTP interface, 0 for any free one
 * @param token that the CD system posts rollouts with
 * @param operatorToken for whoever watches, to override in the console
 * @param signingSecret with which signals to the CD system are signed
 * @param andon whether there is anybody to send signals to
 */
record DemoConfig(Path data, int port, String token, String operatorToken, String signingSecret, boolean andon) {
    /** Also goes with the recordings of the demo, which must be replayed as they were decided. */
    static final String DETECTION = "detection: {least-tick: 1s, calm-before-clear: 5s}";

    private static final String SCRAPE = "dev.andon.connect.scrape.PrometheusScrapeSourceConnector";

    /** @param clusters what is known of them, in real time */
    AndonConfig of(SimulatedFleet fleet, List<ClusterInfo> clusters) {
        Map<String, String> secrets = Map.of(
                "ANDON_DEMO_TOKEN", token,
                "ANDON_DEMO_OPERATOR_TOKEN", operatorToken,
                "ANDON_DEMO_SIGNING_SECRET", signingSecret,
                "ANDON_DEMO_DATA", data.toString());
        return AndonConfig.parse("demo", yaml(fleet, clusters), name -> Optional.ofNullable(secrets.get(name)));
    }

    private String yaml(SimulatedFleet fleet, List<ClusterInfo> clusters) {
        List<String> lines = new ArrayList<>(List.of(
                "mode: enforce",
                "data: {dir: '${env:ANDON_DEMO_DATA}'}",
                "kafka: {port: 0, partitions: 3, replication.factor: 1}",
                "http:",
                "  port: " + port,
                "  tokens:",
                "    - {name: demo-cd, token: '${env:ANDON_DEMO_TOKEN}'}",
                "    - {name: operator, token: '${env:ANDON_DEMO_OPERATOR_TOKEN}'}",
                // An incident of half an hour is played in a minute, so the detector's time scale is shorter as well.
                DETECTION,
                "connectors:",
                "  scrape:",
                "    connector.class: " + SCRAPE,
                "    tasks.max: 3",
                "    scrape.interval.ms: 1000",
                "    apiserver.targets: '" + targets(fleet, true) + "'",
                "    dns.targets: '" + targets(fleet, false) + "'",
                // The simulation is scraped every second; waiting for a fuller batch would only add to the delay.
                "    producer.override.linger.ms: 0",
                "clusters:"));
        for (ClusterInfo cluster : clusters) lines.add("  - " + cluster(cluster));
        if (andon) {
            lines.addAll(List.of(
                    "webhooks:",
                    "  - name: demo-cd",
                    "    url: " + fleet.webhookUrl(),
                    "    signing-secret: '${env:ANDON_DEMO_SIGNING_SECRET}'"));
        }
        return String.join("\n", lines) + "\n";
    }

    private static String cluster(ClusterInfo cluster) {
        List<String> facts = new ArrayList<>(List.of("name: " + cluster.cluster()));
        cluster.environment().ifPresent(environment -> facts.add("environment: " + environment));
        cluster.nodes().ifPresent(nodes -> facts.add("nodes: " + nodes));
        cluster.dnsCache().ifPresent(cache -> facts.add("dns-cache: " + cache.toMillis() + "ms"));
        return "{" + String.join(", ", facts) + "}";
    }

    private static String targets(SimulatedFleet fleet, boolean apiservers) {
        return String.join(
                ",",
                fleet.endpoints().stream()
                        .filter(endpoint -> (endpoint.kind() == Endpoint.Kind.APISERVER) == apiservers)
                        .map(endpoint -> endpoint.cluster() + "/" + endpoint.instance() + "=" + endpoint.url())
                        .toList());
    }
}
