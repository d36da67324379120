package dev.andon.connect.audit;

import static org.apache.kafka.common.config.ConfigDef.Importance.HIGH;
import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;

import dev.andon.connect.common.ConfigTable;
import dev.andon.connect.intake.Listening;
import dev.andon.connect.outlet.Topics;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Range;

/** The options of the audit source. */
final class AuditSourceConfig {
    static final String INTERVAL_MS = "interval.ms";
    static final String LATENESS_MS = "lateness.ms";
    static final String SKEW_MAX_MS = "clock.skew.max.ms";
    static final String CLIENTS_MAX = "clients.max";

    static final ConfigDef OPTIONS = options();

    private AuditSourceConfig() {}

    private static ConfigDef options() {
        var options = new ConfigDef();
        var table = new ConfigTable(options);
        Listening.declare(table, true, 32 * 1024 * 1024);
        table.group("Summing up");
        table.option(INTERVAL_MS, ConfigDef.Type.LONG, 10_000L, Range.between(1_000, 3_600_000), HIGH)
                .doc("Length of an interval. With 10000 each client, verb and scope that was active gives one record"
                        + " every 10 s.");
        table.option(LATENESS_MS, ConfigDef.Type.LONG, 5_000L, Range.between(0, 600_000), MEDIUM)
                .doc("How long to wait for events of an interval after its end. It must be longer than"
                        + " --audit-webhook-batch-max-wait of the API server, which is 30s unless set; 1s is better here."
                        + " Events that come later are counted as late and left out.");
        table.option(SKEW_MAX_MS, ConfigDef.Type.LONG, 60_000L, Range.between(0, 3_600_000), LOW)
                .doc("Events that are ahead of this worker's clock by more are refused.");
        table.option(CLIENTS_MAX, ConfigDef.Type.INT, 1_000, Range.between(1, 100_000), MEDIUM)
                .doc(
                        "Clients that are kept apart in one interval of one API server; the calls of further ones are summed"
                                + " up as `others`. 1000 clients take about 2 MB.");
        Topics.declare(table, Topics.Kind.APISERVER_LATENCY, Topics.Kind.DEAD_LETTERS);
        return options;
    }
}
