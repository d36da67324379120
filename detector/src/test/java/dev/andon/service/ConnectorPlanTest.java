package dev.andon.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.andon.service.config.AndonConfig;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConnectorPlanTest {
    @Test
    void clustersThatAreReachedTheSameWayShareOneScrapeConnector() {
        List<ConnectorPlan> plans = plans("""
                clusters:
                  - {name: a, apiservers: ["https://10.0.0.1:6443/metrics"], token-file: /token}
                  - {name: b, dns-servers: ["http://10.0.0.2:9153/metrics"], token-file: /token}
                  - {name: c, apiservers: ["https://10.0.0.3:6443/metrics"]}
                  - {name: silent}
                """);
        assertThat(plans)
                .containsExactly(
                        new ConnectorPlan(
                                "scrape-a",
                                "clusters",
                                Map.of(
                                        "connector.class",
                                        ConnectorPlan.SCRAPE_SOURCE,
                                        "tasks.max",
                                        "2",
                                        "apiserver.targets",
                                        "a=https://10.0.0.1:6443/metrics",
                                        "dns.targets",
                                        "b=http://10.0.0.2:9153/metrics",
                                        "bearer.token.file",
                                        "/token"),
                                Set.of("bearer.token")),
                        new ConnectorPlan(
                                "scrape-c",
                                "clusters",
                                Map.of(
                                        "connector.class",
                                        ConnectorPlan.SCRAPE_SOURCE,
                                        "tasks.max",
                                        "1",
                                        "apiserver.targets",
                                        "c=https://10.0.0.3:6443/metrics",
                                        "dns.targets",
                                        ""),
                                Set.of("bearer.token")));
    }

    @Test
    void aWebhookBecomesASinkAndItsSecretIsNotPrinted() {
        List<ConnectorPlan> plans = plans("""
                webhooks:
                  - {name: cd, url: "https://cd/hook", signing-secret: whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw, actions: [HALT, CLEAR]}
                """);
        assertThat(plans).singleElement().satisfies(plan -> {
            assertThat(plan.properties())
                    .containsEntry("connector.class", ConnectorPlan.WEBHOOK_SINK)
                    .containsEntry("url", "https://cd/hook")
                    .containsEntry("signing.secrets", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
                    .containsEntry("actions", "HALT,CLEAR");
            assertThat(plan.toString()).isEqualTo("connector cd");
        });
    }

    @Test
    void aSecretIsNotRepeatedInAProblem() {
        AndonConfig config = AndonConfig.parse(
                "andon.yaml",
                "connectors: {c: {connector.class: C, retries: '${env:X}'}}",
                name -> Optional.of("hunter2"));
        ConnectorPlan plan = ConnectorPlan.of(config).get(0);
        assertThat(plan.problemIn(config, new ConnectorProblem("retries", "Invalid value hunter2 for retries"))
                        .toString())
                .isEqualTo("1:38: connectors.c.retries: Invalid value (hidden) for retries; correct it in the"
                        + " configuration of connector c");
    }

    @ParameterizedTest
    @CsvSource({
        "'{name: a}', 'nodes,dns-cache'",
        "'{name: a, nodes: 5}', dns-cache",
        "'{name: a, dns-cache: 20m}', nodes",
        "'{name: a, nodes: 5, dns-cache: 20m}', ''",
        "'{name: b, nodes: 5, dns-cache: 20m}',"
    })
    void aWatchTellsOfItsClusterWhatTheFileLeavesOpen(String cluster, @Nullable String facts) {
        ConnectorPlan plan = plans("""
                clusters: [%s]
                connectors:
                  watch: {connector.class: dev.andon.connect.watch.KubernetesWatchSourceConnector, cluster: a}
                """.formatted(cluster)).get(0);
        assertThat(plan.properties().get("cluster.facts")).isEqualTo(facts);
    }

    @Test
    void whatAWatchIsToldItselfStands() {
        ConnectorPlan plan = plans("""
                clusters: [{name: a, nodes: 5}]
                connectors:
                  watch:
                    connector.class: dev.andon.connect.watch.KubernetesWatchSourceConnector
                    cluster: a
                    cluster.facts: [nodes]
                """).get(0);
        assertThat(plan.properties()).containsEntry("cluster.facts", "nodes");
    }

    private static List<ConnectorPlan> plans(String yaml) {
        return ConnectorPlan.of(AndonConfig.parse("andon.yaml", yaml, name -> Optional.empty()));
    }
}
