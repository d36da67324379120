package dev.andon.connect.probe;

import static org.apache.kafka.common.config.ConfigDef.Importance.HIGH;
import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;

import dev.andon.connect.common.ConfigTable;
import dev.andon.connect.outlet.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/** The options of the DNS probe. */
final class DnsProbeSourceConfig {
    static final String SERVERS = "dns.servers";
    static final String QUERIES = "queries";
    static final String RECURSION = "recursion.desired";
    static final String INTERVAL_MS = "interval.ms";
    static final String RATE = "queries.per.second";
    static final String TIMEOUT_MS = "timeout.ms";
    static final String LATENCY = "latency.measurements";

    static final ConfigDef OPTIONS = options();

    private DnsProbeSourceConfig() {}

    /** Every entry must be readable, and there must be one; every one that is wrong is named. */
    private record Entries(Function<String, ?> parser, String syntax) implements ConfigDef.Validator {
        @Override
        public void ensureValid(String name, @Nullable Object value) {
            var problems = new ArrayList<String>();
            if (value instanceof List<?> entries) {
                for (Object entry : entries) {
                    try {
                        var unused = parser.apply(String.valueOf(entry));
                    } catch (IllegalArgumentException e) {
                        problems.add(e.getMessage());
                    }
                }
                if (entries.isEmpty()) {
                    problems.add("at least one is needed; write " + syntax);
                }
            }
            if (!problems.isEmpty()) {
                throw new ConfigException(name + ": " + String.join("; ", problems));
            }
        }

        @Override
        public String toString() {
            return syntax;
        }
    }

    private static ConfigDef options() {
        var options = new ConfigDef();
        var table = new ConfigTable(options);
        table.group("Servers");
        table.option(
                        SERVERS,
                        ConfigDef.Type.LIST,
                        ConfigDef.NO_DEFAULT_VALUE,
                        new Entries(DnsServer::parse, "cluster=host:port or cluster/server=host:port"),
                        HIGH)
                .doc("Servers to ask, each by its own address and not that of the service in front of them, such as"
                        + " `prod-west-3/coredns-7d4f=10.2.0.9:53`. Without a port it is 53.");
        table.group("Questions");
        table.option(
                        QUERIES,
                        ConfigDef.Type.LIST,
                        List.of("*.andon-probe.default.svc.cluster.local/A"),
                        new Entries(ProbeQuery::parse, "name or name/TYPE"),
                        HIGH)
                .doc("What to ask, in turn. `*` is another word every time, so that no cache knows the answer:"
                        + " `*.probe.example.com/A` with a wildcard record gives NOERROR, a name that does not exist gives"
                        + " NXDOMAIN, and both are fine: what counts is that it does not change.");
        table.option(RECURSION, ConfigDef.Type.BOOLEAN, true, null, LOW)
                .doc(
                        "Whether the server may ask others. `false` asks for what it knows itself, such as the names of its"
                                + " own cluster.");
        table.option(RATE, ConfigDef.Type.DOUBLE, 2.0, Range.between(0.01, 1000), MEDIUM)
                .doc(
                        "Questions per second to each server, never more. With 2.0 and an interval of 5000 a record sums up"
                                + " 10 answers.");
        table.option(TIMEOUT_MS, ConfigDef.Type.LONG, 2_000L, Range.between(1, 60_000), MEDIUM)
                .doc("How long to wait for an answer before it counts as a time-out. Nothing is asked twice.");
        table.option(INTERVAL_MS, ConfigDef.Type.LONG, 5_000L, Range.between(100, 3_600_000), MEDIUM)
                .doc("Time that one record sums up.");
        table.option(LATENCY, ConfigDef.Type.BOOLEAN, false, null, LOW)
                .doc(
                        "Whether to write the median time to an answer too, as the measurement `dns/SERVER/probe-latency`.");
        Topics.declare(table, Topics.Kind.DNS_ERRORS, Topics.Kind.MEASUREMENTS);
        return options;
    }
}
