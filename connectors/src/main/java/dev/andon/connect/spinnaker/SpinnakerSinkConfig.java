package dev.andon.connect.spinnaker;

import static org.apache.kafka.common.config.ConfigDef.Importance.HIGH;
import static org.apache.kafka.common.config.ConfigDef.NO_DEFAULT_VALUE;

import dev.andon.connect.common.ConfigTable;
import dev.andon.connect.common.HaltOptions;
import dev.andon.connect.common.HttpChecks;
import dev.andon.connect.common.HttpOptions;
import dev.andon.connect.common.HttpTransport;
import dev.andon.connect.common.LeverSender;
import dev.andon.connect.common.RolloutDirectory;
import dev.andon.connect.common.RolloutOptions;
import dev.andon.connect.common.SignalSinkTask.Opened;
import dev.andon.connect.common.SinkOptions;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.ValidString;

/**
 * What the Spinnaker sink can be told, checked.
 *
 * @param gate address of Gate
 * @param stop how executions are stopped
 * @param halting how long that may take, and how often it is looked at
 * @param all every option, for what sinks share
 */
record SpinnakerSinkConfig(URI gate, Stop stop, HaltOptions halting, AbstractConfig all) {
    /** How an execution is stopped. */
    enum Stop {
        /** It can go on after a CLEAR. */
        PAUSE,
        /** It is over. */
        CANCEL
    }

    static final String GATE_URL = "gate.url";
    static final String STOP_BY = "stop.by";

    static final ConfigDef OPTIONS = SinkOptions.addTo(options());

    private static ConfigDef options() {
        ConfigDef options = new ConfigDef();
        ConfigTable table = new ConfigTable(options).group("Spinnaker");
        table.option(GATE_URL, ConfigDef.Type.STRING, NO_DEFAULT_VALUE, HttpChecks.URL, HIGH)
                .doc("Address of Gate, such as `https://gate.example.com`.");
        HttpOptions.addHeaders(table);
        HttpOptions.addTrust(table);
        table.group("Halting");
        table.option(STOP_BY, ConfigDef.Type.STRING, "PAUSE", ValidString.in("PAUSE", "CANCEL"), HIGH)
                .doc("How an execution is stopped. PAUSE lets it go on after a CLEAR; CANCEL ends it, and somebody has"
                        + " to start it again.");
        HaltOptions.addTo(table, "somebody");
        RolloutOptions.addTo(table);
        return options;
    }

    static SpinnakerSinkConfig parse(Map<String, String> props) {
        AbstractConfig config = SinkOptions.parse(OPTIONS, props);
        return new SpinnakerSinkConfig(
                HttpChecks.url(config.getString(GATE_URL)),
                Stop.valueOf(config.getString(STOP_BY)),
                HaltOptions.of(config),
                config);
    }

    Opened open(Clock clock, RolloutDirectory directory) {
        Gate api = new Gate(gate, HttpOptions.headers(all), HttpOptions.transport(all, clock));
        LeverSender.CdSystem spinnaker = new LeverSender.CdSystem(
                "spinnaker", HttpTransport.origin(gate), api::ping, reference -> new Execution(reference, stop, api));
        return new Opened(
                SinkOptions.settings(all), List.of(new LeverSender(spinnaker, directory, halting)), directory::close);
    }

    /** Shows no header. */
    @Override
    public String toString() {
        return "SpinnakerSinkConfig[" + HttpTransport.origin(gate) + ", " + stop + "]";
    }
}
