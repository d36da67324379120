package dev.andon.connect.slack;

import static org.apache.kafka.common.config.ConfigDef.Importance.HIGH;
import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
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
 * What the Slack sink can be told, checked.
 *
 * @param webhook address of the incoming webhook, a secret as a whole
 * @param messagesPerMinute most messages in a minute
 * @param all every option, for what sinks share
 */
record SlackSinkConfig(URI webhook, int messagesPerMinute, AbstractConfig all) {
    static final String WEBHOOK_URL = "webhook.url";
    static final String MESSAGES_PER_MINUTE = "messages.per.minute";

    static final ConfigDef OPTIONS = SinkOptions.addTo(options());

    private static ConfigDef options() {
        ConfigDef options = new ConfigDef();
        ConfigTable table = new ConfigTable(options).group("Channel");
        table.option(WEBHOOK_URL, ConfigDef.Type.PASSWORD, NO_DEFAULT_VALUE, HttpChecks.hiding(HttpChecks::url), HIGH)
                .doc("Address of the incoming webhook, such as `https://hooks.slack.com/services/T0/B0/x`. Whoever has"
                        + " it can post, so it is kept like a password: messages show scheme and host only.");
        HttpOptions.addTrust(table);
        table.option(MESSAGES_PER_MINUTE, ConfigDef.Type.INT, 50, Range.between(1, 10_000), LOW)
                .doc("Most messages in a minute. Slack takes about one a second per channel; with 50 a storm of"
                        + " signals waits here, most urgent first.");
        return options;
    }

    static SlackSinkConfig parse(Map<String, String> props) {
        AbstractConfig config = SinkOptions.parse(OPTIONS, props);
        return new SlackSinkConfig(
                HttpChecks.url(SinkOptions.secret(config, WEBHOOK_URL)), config.getInt(MESSAGES_PER_MINUTE), config);
    }

    Opened open(Clock clock) {
        return new Opened(SinkOptions.settings(all), new SlackSender(this, HttpOptions.transport(all, clock)));
    }

    /** Shows nothing of the address but the host. */
    @Override
    public String toString() {
        return "SlackSinkConfig[" + webhook.getHost() + "]";
    }
}
