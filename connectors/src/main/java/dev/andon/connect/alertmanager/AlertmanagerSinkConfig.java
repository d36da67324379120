package dev.andon.connect.alertmanager;

import static org.apache.kafka.common.config.ConfigDef.Importance.HIGH;
import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;
import static org.apache.kafka.common.config.ConfigDef.NO_DEFAULT_VALUE;

import dev.andon.connect.common.ConfigTable;
import dev.andon.connect.common.HttpChecks;
import dev.andon.connect.common.HttpOptions;
import dev.andon.connect.common.HttpTransport;
import dev.andon.connect.common.SignalSinkTask.Opened;
import dev.andon.connect.common.SinkOptions;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Range;

/**
 * What the Alertmanager sink can be told, checked.
 *
 * @param replicas addresses, one or more; each gets every alert
 * @param headers sent to each; may hold credentials
 * @param repeat how often a standing alert is sent again
 * @param console page of Andon that alerts link to; empty for none
 * @param all every option, for what sinks share
 */
record AlertmanagerSinkConfig(
        List<URI> replicas, Map<String, String> headers, Duration repeat, String console, AbstractConfig all) {

    static final String URLS = "urls";
    static final String REPEAT_MS = "repeat.ms";
    static final String CONSOLE_URL = "console.url";

    static final ConfigDef OPTIONS = SinkOptions.addTo(options());

    private static ConfigDef options() {
        ConfigDef options = new ConfigDef();
        ConfigTable table = new ConfigTable(options).group("Alertmanager");
        table.option(URLS, ConfigDef.Type.LIST, NO_DEFAULT_VALUE, HttpChecks.URLS, HIGH)
                .doc("Addresses of all replicas, such as `http://am-0:9093,http://am-1:9093`. Each gets every alert,"
                        + " as Alertmanager wants it, and none waits for another. A path prefix may follow.");
        HttpOptions.addHeaders(table);
        HttpOptions.addTrust(table);
        table.option(REPEAT_MS, ConfigDef.Type.LONG, 60_000L, Range.between(1_000, 3_600_000), LOW)
                .doc("How often an alert is sent again while its signal stands. With 60000 a replica that lost its"
                        + " alerts has them back within a minute.");
        table.option(CONSOLE_URL, ConfigDef.Type.STRING, "", HttpChecks.OPTIONAL_URL, MEDIUM)
                .doc("Address of Andon's console that alerts link to (generatorURL), such as"
                        + " `https://andon.example.com`. When empty there is no link.");
        return options;
    }

    AlertmanagerSinkConfig {
        replicas = List.copyOf(replicas);
        headers = Map.copyOf(headers);
    }

    static AlertmanagerSinkConfig parse(Map<String, String> props) {
        AbstractConfig config = SinkOptions.parse(OPTIONS, props);
        return new AlertmanagerSinkConfig(
                config.getList(URLS).stream().map(HttpChecks::url).toList(),
                HttpOptions.headers(config),
                Duration.ofMillis(config.getLong(REPEAT_MS)),
                config.getString(CONSOLE_URL).strip(),
                config);
    }

    Opened open(Clock clock) {
        HttpTransport transport = HttpOptions.transport(all, clock);
        return new Opened(
                SinkOptions.settings(all),
                replicas.stream()
                        .map(replica -> new AlertmanagerSender(replica, this, transport))
                        .toList(),
                () -> {});
    }

    /** Shows no header. */
    @Override
    public String toString() {
        return "AlertmanagerSinkConfig["
                + replicas.stream().map(HttpTransport::origin).toList() + "]";
    }
}
