package dev.andon.connect.outlet;

import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;

import dev.andon.connect.common.ConfigTable;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.NonEmptyString;

/**
 * Where records go. A source declares only the topics it writes; the others keep their default names.
 *
 * @param apiserverLatency of the latencies
 * @param dnsErrors of the DNS answers
 * @param measurements of any other series
 * @param rollouts of the rollout events
 * @param clusters of what is known of clusters
 * @param deadLetters of what was refused
 */
public record Topics(
        String apiserverLatency,
        String dnsErrors,
        String measurements,
        String rollouts,
        String clusters,
        String deadLetters) {

    /** A topic that a source may write, its option and its default name. */
    public enum Kind {
        APISERVER_LATENCY("apiserver.latency.topic", "andon.apiserver-latency", "Where API server latencies go."),
        DNS_ERRORS("dns.errors.topic", "andon.dns-errors", "Where DNS answers go."),
        MEASUREMENTS("measurements.topic", "andon.measurements", "Where other series go."),
        ROLLOUTS("rollouts.topic", "andon.rollouts", "Where rollout events go."),
        CLUSTERS("clusters.topic", "andon.clusters", "Where facts about clusters go, such as their number of nodes."),
        DEAD_LETTERS(
                "dead.letters.topic",
                "andon.dead-letters",
                "Where refused input goes: its first 262144 bytes, and in the headers andon.reason, andon.source and"
                        + " andon.detail. At most one per reason and second; all are counted.");

        private final String option;
        private final String usual;
        private final String doc;

        Kind(String option, String usual, String doc) {
            this.option = option;
            this.usual = usual;
            this.doc = doc;
        }
    }

    /** Declares the options of the topics that a source writes. */
    public static void declare(ConfigTable table, Kind... kinds) {
        table.group("Topics");
        for (Kind kind : kinds) {
            table.option(kind.option, ConfigDef.Type.STRING, kind.usual, new NonEmptyString(), LOW)
                    .doc(kind.doc);
        }
    }

    /** The topics as configured. */
    public static Topics of(AbstractConfig config) {
        return new Topics(
                name(config, Kind.APISERVER_LATENCY),
                name(config, Kind.DNS_ERRORS),
                name(config, Kind.MEASUREMENTS),
                name(config, Kind.ROLLOUTS),
                name(config, Kind.CLUSTERS),
                name(config, Kind.DEAD_LETTERS));
    }

    private static String name(AbstractConfig config, Kind kind) {
        return config.values().containsKey(kind.option) ? config.getString(kind.option) : kind.usual;
    }
}
