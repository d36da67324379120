package dev.andon.service;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Settings of the one broker that is also its own controller: small, quick to answer, nothing replicated. */
final class BrokerConfig {
    static final int NODE_ID = 1;
    static final String CONTROLLER = "CONTROLLER";
    private static final String CLIENTS = "CLIENTS";

    private BrokerConfig() {}

    static Map<String, String> of(EmbeddedKafka.Settings settings, Path logs, int port, int controllerPort) {
        Map<String, String> config = new HashMap<>();
        config.putAll(identity(settings.host(), port, controllerPort));
        config.put("log.dirs", logs.toString());
        config.putAll(unreplicated());
        config.putAll(prompt());
        config.putAll(small());
        config.putAll(settings.overrides());
        return Map.copyOf(config);
    }

    private static Map<String, String> identity(String host, int port, int controllerPort) {
        return Map.of(
                "process.roles",
                "broker,controller",
                "node.id",
                Integer.toString(NODE_ID),
                "controller.quorum.voters",
                NODE_ID + "@127.0.0.1:" + controllerPort,
                "controller.listener.names",
                CONTROLLER,
                "inter.broker.listener.name",
                CLIENTS,
                "listener.security.protocol.map",
                CLIENTS + ":PLAINTEXT," + CONTROLLER + ":PLAINTEXT",
                "listeners",
                CLIENTS + "://" + host + ":" + port + "," + CONTROLLER + "://127.0.0.1:" + controllerPort,
                "advertised.listeners",
                CLIENTS + "://" + host + ":" + port);
    }

    private static Map<String, String> unreplicated() {
        return Map.of(
                "default.replication.factor", "1",
                "min.insync.replicas", "1",
                "offsets.topic.replication.factor", "1",
                "transaction.state.log.replication.factor", "1",
                "transaction.state.log.min.isr", "1",
                "share.coordinator.state.topic.replication.factor", "1",
                "share.coordinator.state.topic.min.isr", "1");
    }

    private static Map<String, String> prompt() {
        return Map.of(
                // Topics are created by us with fixed partition counts; one by accident would have the wrong count.
                "auto.create.topics.enable", "false",
                "group.initial.rebalance.delay.ms", "0",
                // After a kill the broker may not register again before its former session has ended, so this delays
                // the next start; below it a busy machine would lose its only broker for a moment.
                "broker.session.timeout.ms", "6000",
                "broker.heartbeat.interval.ms", "1000",
                "server.max.startup.time.ms", "60000");
    }

    private static Map<String, String> small() {
        return Map.of(
                "offsets.topic.num.partitions", "4",
                "transaction.state.log.num.partitions", "4",
                "share.coordinator.state.topic.num.partitions", "1",
                "num.network.threads", "2",
                "num.io.threads", "4",
                "background.threads", "2",
                // The cleaner takes this buffer from the heap at start, used or not (default 128 MiB).
                "log.cleaner.dedupe.buffer.size", Integer.toString(8 << 20));
    }
}
