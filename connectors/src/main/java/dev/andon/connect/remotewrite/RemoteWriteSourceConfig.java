package dev.andon.connect.remotewrite;

import static org.apache.kafka.common.config.ConfigDef.Importance.HIGH;
import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;

import dev.andon.connect.common.ConfigTable;
import dev.andon.connect.intake.Listening;
import dev.andon.connect.outlet.Topics;
import java.util.List;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.NonEmptyString;
import org.apache.kafka.common.config.ConfigDef.Range;

/** The options of the remote write source. */
final class RemoteWriteSourceConfig {
    static final String CLUSTER_LABEL = "cluster.label";
    static final String CLUSTER_DEFAULT = "cluster.default";
    static final String INSTANCE_LABEL = "instance.label";
    static final String REPLICA_LABEL = "replica.label";
    static final String MEASUREMENTS = "measurements";
    static final String SETTLE_MS = "scrape.settle.ms";
    static final String SETTLE_MAX_MS = "scrape.settle.max.ms";
    static final String SKEW_MAX_MS = "clock.skew.max.ms";
    static final String AGE_MAX_MS = "sample.age.max.ms";
    static final String UNPACKED_MAX_BYTES = "unpacked.max.bytes";
    static final String SAMPLES_MAX = "request.max.samples";
    static final String SERIES_MAX = "series.max";

    static final ConfigDef OPTIONS = options();

    private RemoteWriteSourceConfig() {}

    private static ConfigDef options() {
        var options = new ConfigDef();
        var table = new ConfigTable(options);
        Listening.declare(table, true, 8 * 1024 * 1024);
        addMapping(table.group("Mapping"));
        addAssembly(table.group("Putting scrapes together"));
        addLimits(table.group("Limits"));
        Topics.declare(
                table,
                Topics.Kind.APISERVER_LATENCY,
                Topics.Kind.DNS_ERRORS,
                Topics.Kind.MEASUREMENTS,
                Topics.Kind.DEAD_LETTERS);
        return options;
    }

    private static void addMapping(ConfigTable table) {
        table.option(CLUSTER_LABEL, ConfigDef.Type.STRING, "cluster", new NonEmptyString(), HIGH)
                .doc("Label that names the cluster, which Prometheus adds with `external_labels`.");
        table.option(CLUSTER_DEFAULT, ConfigDef.Type.STRING, "", null, MEDIUM)
                .doc("Cluster of series without that label. Left empty, such series are refused.");
        table.option(INSTANCE_LABEL, ConfigDef.Type.STRING, "instance", new NonEmptyString(), MEDIUM)
                .doc("Label that names the server a series was scraped from, such as `10.0.0.4:6443`.");
        table.option(REPLICA_LABEL, ConfigDef.Type.STRING, "prometheus_replica", new NonEmptyString(), MEDIUM)
                .doc("Label that tells one of several Prometheus servers from its twin, which scrapes the same. Only"
                        + " one is listened to; the other takes over when it has been silent for 30 s.");
        table.option(MEASUREMENTS, ConfigDef.Type.LIST, List.of(), new MeasurementRules(), MEDIUM)
                .doc("Further series to take, each as it is (give counters as a recording rule with rate()):"
                        + " `series=metric{label=value&label=value} unit HIGHER`, such as"
                        + " `checkout/latency_p99=job:latency:p99{job=checkout} s HIGHER`. `<label>` in the name of the"
                        + " series stands for the value of that label: `<job>/errors=job:errors:ratio 1 HIGHER`.");
    }

    private static void addAssembly(ConfigTable table) {
        table.option(SETTLE_MS, ConfigDef.Type.LONG, 2_000L, Range.between(0, 600_000), MEDIUM)
                .doc("Prometheus takes a scrape apart and sends the parts when it likes. A scrape counts as complete at"
                        + " once when all that the one before it had is there, and otherwise when for this long nothing"
                        + " more has come and a later one has begun.");
        table.option(SETTLE_MAX_MS, ConfigDef.Type.LONG, 15_000L, Range.between(0, 600_000), LOW)
                .doc("Longest wait for parts that do not come. With 15000 a server that lost a series is heard 15 s"
                        + " late once.");
    }

    private static void addLimits(ConfigTable table) {
        table.option(SKEW_MAX_MS, ConfigDef.Type.LONG, 120_000L, Range.between(0, 86_400_000), LOW)
                .doc(
                        "Samples that are ahead of this worker's clock by more are refused: one from the year 2096 would end"
                                + " every window of the detector.");
        table.option(AGE_MAX_MS, ConfigDef.Type.LONG, 7_200_000L, Range.between(1_000, 604_800_000), LOW)
                .doc(
                        "Samples that are older are refused. 7200000 is how far back Prometheus begins again after an outage"
                                + " of this worker.");
        table.option(
                        UNPACKED_MAX_BYTES,
                        ConfigDef.Type.INT,
                        32 * 1024 * 1024,
                        Range.between(1024, 512 * 1024 * 1024),
                        LOW)
                .doc("Largest body once it is unpacked; a larger one is refused before it is. 2000 samples of an API"
                        + " server are about 600000 bytes.");
        table.option(SAMPLES_MAX, ConfigDef.Type.INT, 100_000, Range.between(1, 10_000_000), LOW)
                .doc("Most samples in one request. Prometheus sends 2000 unless told otherwise.");
        table.option(SERIES_MAX, ConfigDef.Type.INT, 500_000, Range.between(1, 50_000_000), LOW)
                .doc(
                        "Most series that are kept, about 500 bytes each. Further ones are refused and counted until others"
                                + " have been silent for an hour.");
    }
}
