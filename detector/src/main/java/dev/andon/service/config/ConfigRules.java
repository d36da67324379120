package dev.andon.service.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The rules between keys that are each right. */
final class ConfigRules {
    private static final Set<String> ACTIONS = Set.of("HALT", "HOLD", "CLEAR", "ALARM");

    private final AndonConfig config;
    private final Reading reading;

    private ConfigRules(AndonConfig config, Reading reading) {
        this.config = config;
        this.reading = reading;
    }

    static void check(AndonConfig config, Reading reading) {
        ConfigRules rules = new ConfigRules(config, reading);
        rules.embeddedBroker();
        rules.ports();
        rules.names();
        rules.fleets();
        rules.tokens();
        rules.probabilities();
        rules.webhookActions();
    }

    private void embeddedBroker() {
        KafkaConfig kafka = config.kafka();
        if (!kafka.embedded()) {
            if (config.origin().places().containsKey("kafka.port")) {
                reading.report(
                        "kafka.port",
                        "",
                        "is the port of the embedded broker, but kafka.bootstrap.servers names another Kafka",
                        "remove one of them");
            }
            return;
        }
        if (kafka.replicationFactor() > 1) {
            reading.report(
                    "kafka.replication.factor",
                    ConfigProblem.quoted(Short.toString(kafka.replicationFactor())),
                    "the embedded broker is alone and cannot replicate",
                    "remove it, or name a Kafka with kafka.bootstrap.servers");
        }
        if (!kafka.clients().values().isEmpty()) {
            reading.report(
                    "kafka",
                    "",
                    "has properties of Kafka clients (" + kafka.clients() + ") but no bootstrap.servers, so an embedded"
                            + " broker would be used",
                    "add kafka.bootstrap.servers, or remove these properties");
        }
    }

    private void ports() {
        int http = config.http().port();
        if (config.kafka().embedded() && http != 0 && http == config.kafka().port()) {
            reading.report(
                    "http.port",
                    ConfigProblem.quoted(Integer.toString(http)),
                    "is the port of the embedded broker too",
                    "change http.port or kafka.port");
        }
    }

    private void names() {
        unique(
                "http.tokens",
                config.http().tokens().stream().map(HttpConfig.Token::name).toList());
        unique("fleets", config.fleets());
        unique("clusters", config.clusters().stream().map(ClusterConfig::name).toList());
        unique("webhooks", config.webhooks().stream().map(WebhookConfig::name).toList());
        for (int i = 0; i < config.webhooks().size(); i++) {
            String name = config.webhooks().get(i).name();
            if (config.connectors().containsKey(name)) {
                reading.report(
                        "webhooks[" + i + "].name",
                        ConfigProblem.quoted(name),
                        "is the name of a connector too",
                        "rename one of them");
            }
        }
    }

    private void unique(String path, List<String> names) {
        Map<String, Integer> first = new HashMap<>();
        for (int i = 0; i < names.size(); i++) {
            Integer earlier = names.get(i).isEmpty() ? null : first.putIfAbsent(names.get(i), i);
            if (earlier != null) {
                reading.report(
                        path + "[" + i + "]",
                        ConfigProblem.quoted(names.get(i)),
                        "is the name of " + path + "[" + earlier + "] too",
                        "rename or remove one of them");
            }
        }
    }

    private void fleets() {
        for (int i = 0; i < config.clusters().size(); i++) {
            String fleet = config.clusters().get(i).fleet();
            if (!config.fleets().contains(fleet)) {
                reading.report(
                        "clusters[" + i + "].fleet",
                        ConfigProblem.quoted(fleet),
                        "is not one of the fleets " + config.fleets(),
                        NearestName.of(fleet, config.fleets())
                                .map(name -> "did you mean " + name + "?")
                                .orElse("add it under fleets"));
            }
        }
    }

    private void tokens() {
        for (int i = 0; i < config.clusters().size(); i++) {
            ClusterConfig cluster = config.clusters().get(i);
            if (cluster.token().isPresent() && cluster.tokenFile().isPresent()) {
                reading.report(
                        "clusters[" + i + "].token-file",
                        "",
                        "stands beside token, and only one of them can be sent",
                        "remove one of them");
            }
        }
    }

    private void probabilities() {
        if (config.detection().holdProbability() > config.detection().haltProbability()) {
            reading.report(
                    "detection.hold-probability",
                    ConfigProblem.quoted(Double.toString(config.detection().holdProbability())),
                    "is above halt-probability (" + config.detection().haltProbability()
                            + "), so that nothing would ever be held",
                    "lower it");
        }
    }

    private void webhookActions() {
        for (int i = 0; i < config.webhooks().size(); i++) {
            List<String> wrong = new ArrayList<>(config.webhooks().get(i).actions());
            wrong.removeAll(ACTIONS);
            if (!wrong.isEmpty()) {
                reading.report(
                        "webhooks[" + i + "].actions",
                        ConfigProblem.quoted(String.join(",", wrong)),
                        "must be among HALT, HOLD, CLEAR, ALARM",
                        "write for example actions: [HALT, CLEAR]");
            }
        }
    }
}
