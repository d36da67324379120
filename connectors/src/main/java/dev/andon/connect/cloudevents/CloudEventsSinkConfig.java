package dev.andon.connect.cloudevents;

import static org.apache.kafka.common.config.ConfigDef.Importance.HIGH;
import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;
import static org.apache.kafka.common.config.ConfigDef.NO_DEFAULT_VALUE;

import dev.andon.connect.common.ConfigTable;
import dev.andon.connect.common.HttpChecks;
import dev.andon.connect.common.HttpOptions;
import dev.andon.connect.common.SignalSinkTask.Opened;
import dev.andon.connect.common.SinkOptions;
import java.net.URI;
import java.time.Clock;
import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Range;

/**
 * What the CloudEvents sink can be told, checked.
 *
 * @param url where events are posted
 * @param headers sent beside those of the binding; may hold credentials
 * @param source who says it, a URI reference
 * @param environment of the incidents
 * @param maxPayloadBytes longest body
 * @param all every option, for what sinks share
 */
record CloudEventsSinkConfig(
        URI url,
        Map<String, String> headers,
        String source,
        String environment,
        int maxPayloadBytes,
        AbstractConfig all) {

    static final String URL = "url";
    static final String SOURCE = "event.source";
    static final String ENVIRONMENT = "environment";
    static final String MAX_PAYLOAD_BYTES = "max.payload.bytes";

    static final ConfigDef OPTIONS = SinkOptions.addTo(options());

    private static ConfigDef options() {
        ConfigDef options = new ConfigDef();
        ConfigTable table = new ConfigTable(options).group("Receiver");
        table.option(URL, ConfigDef.Type.STRING, NO_DEFAULT_VALUE, HttpChecks.URL, HIGH)
                .doc(
                        "Where events are posted, such as `https://broker.example.com/events`. Redirects are not followed.");
        HttpOptions.addHeaders(table);
        HttpOptions.addTrust(table);
        table.option(SOURCE, ConfigDef.Type.STRING, "/andon", null, MEDIUM)
                .doc("The source of the events, a URI reference such as `/andon/europe`; with the id it makes an event"
                        + " unique.");
        table.option(ENVIRONMENT, ConfigDef.Type.STRING, "production", null, MEDIUM)
                .doc("Id of the environment in which incidents happen, such as `production`; CDEvents asks for one. The"
                        + " cluster is in customData.");
        table.option(MAX_PAYLOAD_BYTES, ConfigDef.Type.INT, 65_536, Range.between(2_048, 1_048_576), LOW)
                .doc("Longest body. Every receiver of CloudEvents takes 65536; beyond that evidence and candidates are"
                        + " left out and counted in the field `truncated`.");
        return options;
    }

    CloudEventsSinkConfig {
        headers = Map.copyOf(headers);
    }

    static CloudEventsSinkConfig parse(Map<String, String> props) {
        AbstractConfig config = SinkOptions.parse(OPTIONS, props);
        return new CloudEventsSinkConfig(
                HttpChecks.url(config.getString(URL)),
                HttpOptions.headers(config),
                config.getString(SOURCE),
                config.getString(ENVIRONMENT),
                config.getInt(MAX_PAYLOAD_BYTES),
                config);
    }

    Opened open(Clock clock) {
        return new Opened(SinkOptions.settings(all), new CloudEventsSender(this, HttpOptions.transport(all, clock)));
    }

    /** Shows no header and no path. */
    @Override
    public String toString() {
        return "CloudEventsSinkConfig[" + url.getHost() + "]";
    }
}
