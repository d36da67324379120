package dev.andon.service;

import dev.andon.service.config.AndonConfig;
import dev.andon.service.config.ClusterConfig;
import dev.andon.service.config.ConfigProblem;
import dev.andon.service.config.Secret;
import dev.andon.service.config.WebhookConfig;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * One connector that the configuration asks for, in so many words or through {@code webhooks} and {@code clusters}.
 *
 * @param path where the file asks for it, for problems
 * @param properties may hold secrets, never to be printed
 * @param secret names of properties whose values must not be repeated in messages
 */
record ConnectorPlan(String name, String path, Map<String, String> properties, Set<String> secret) {
    static final String WEBHOOK_SINK = "dev.andon.connect.webhook.WebhookSinkConnector";
    static final String KUBERNETES_WATCH = "dev.andon.connect.watch.KubernetesWatchSourceConnector";
    static final String SCRAPE_SOURCE = "dev.andon.connect.scrape.PrometheusScrapeSourceConnector";
    private static final int MOST_SCRAPE_TASKS = 4;

    /** How metrics pages are reached: clusters that share it share a connector. */
    private record Access(Optional<Secret> token, Optional<String> tokenFile, Optional<String> caFile) {}

    static List<ConnectorPlan> of(AndonConfig config) {
        List<ConnectorPlan> plans = new ArrayList<>();
        Map<Access, List<ClusterConfig>> scraped = config.clusters().stream()
                .filter(ClusterConfig::scraped)
                .collect(Collectors.groupingBy(
                        c -> new Access(c.token(), c.tokenFile(), c.caFile()),
                        LinkedHashMap::new,
                        Collectors.toList()));
        scraped.forEach((access, clusters) -> plans.add(scrape(access, clusters)));
        for (int i = 0; i < config.webhooks().size(); i++) {
            plans.add(webhook("webhooks[" + i + "]", config.webhooks().get(i)));
        }
        config.connectors()
                .forEach((name, properties) -> plans.add(new ConnectorPlan(
                        name, "connectors." + name, LeftOpen.in(config, properties.values()), properties.secret())));
        return plans;
    }

    private static ConnectorPlan webhook(String path, WebhookConfig webhook) {
        Map<String, String> properties = new HashMap<>();
        properties.put("connector.class", WEBHOOK_SINK);
        properties.put("url", webhook.url().reveal());
        properties.put("signing.secrets", webhook.signingSecret().reveal());
        if (!webhook.actions().isEmpty()) {
            properties.put("actions", String.join(",", webhook.actions()));
        }
        return new ConnectorPlan(webhook.name(), path, properties, Set.of("url", "signing.secrets"));
    }

    private static ConnectorPlan scrape(Access access, List<ClusterConfig> clusters) {
        Map<String, String> properties = new HashMap<>();
        properties.put("connector.class", SCRAPE_SOURCE);
        properties.put("tasks.max", Integer.toString(Math.min(MOST_SCRAPE_TASKS, clusters.size())));
        properties.put("apiserver.targets", targets(clusters, ClusterConfig::apiservers));
        properties.put("dns.targets", targets(clusters, ClusterConfig::dnsServers));
        access.token().ifPresent(token -> properties.put("bearer.token", token.reveal()));
        access.tokenFile().ifPresent(file -> properties.put("bearer.token.file", file));
        access.caFile().ifPresent(file -> properties.put("tls.ca.file", file));
        // A name that stays when clusters are added behind the first one.
        return new ConnectorPlan("scrape-" + clusters.get(0).name(), "clusters", properties, Set.of("bearer.token"));
    }

    private static String targets(List<ClusterConfig> clusters, Function<ClusterConfig, List<URI>> pages) {
        return clusters.stream()
                .flatMap(cluster -> pages.apply(cluster).stream().map(page -> cluster.name() + "=" + page))
                .collect(Collectors.joining(","));
    }

    /** A problem of this connector at its place in the file, in the words that the file uses. */
    ConfigProblem problemIn(AndonConfig config, ConnectorProblem problem) {
        String at = problem.option().isEmpty() ? path : path + "." + problem.option();
        String message = problem.message();
        for (String option : secret) {
            String value = properties.getOrDefault(option, "");
            // Kafka's own messages repeat the value.
            message = value.isBlank() ? message : message.replace(value, "(hidden)");
        }
        return config.problemAt(at, message, "correct it in the configuration of connector " + name);
    }

    /** Shows no property: nobody here knows which of them are secret. */
    @Override
    public String toString() {
        return "connector " + name;
    }
}
