package dev.andon.topology;

import java.util.Arrays;
import java.util.List;

/**
 * The names of the topics under one prefix.
 *
 * @param prefix put before every name, e.g. {@code andon.}; two installs on one Kafka need two prefixes
 */
public record Topics(String prefix) {
    public static final Topics DEFAULT = new Topics("andon.");

    public Topics {
        if (!prefix.matches("[a-zA-Z0-9._-]{0,100}")) {
            throw new IllegalArgumentException(
                    "topic.prefix may hold letters, digits, '.', '_' and '-' only, at most 100, but was " + prefix);
        }
    }

    /** Returns the full name of one topic. */
    public String of(Topic topic) {
        return topic.name(prefix);
    }

    /** Returns the full names of all topics. */
    public List<String> all() {
        return Arrays.stream(Topic.values()).map(this::of).toList();
    }

    public String rollouts() {
        return of(Topic.ROLLOUTS);
    }

    public String apiserverLatency() {
        return of(Topic.APISERVER_LATENCY);
    }

    public String dnsErrors() {
        return of(Topic.DNS_ERRORS);
    }

    public String measurements() {
        return of(Topic.MEASUREMENTS);
    }

    public String clusters() {
        return of(Topic.CLUSTERS);
    }

    public String changePoints() {
        return of(Topic.CHANGE_POINTS);
    }

    public String fleetInputs() {
        return of(Topic.FLEET_INPUTS);
    }

    public String overrides() {
        return of(Topic.OVERRIDES);
    }

    public String signals() {
        return of(Topic.SIGNALS);
    }

    public String deliveries() {
        return of(Topic.DELIVERIES);
    }

    public String deadLetters() {
        return of(Topic.DEAD_LETTERS);
    }
}
