package dev.andon.connect.webhook;

import dev.andon.connect.common.SignalSinkConnector;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.connector.Task;

/** Posts signals to any HTTP endpoint: a CD system, a pager, a script. */
public final class WebhookSinkConnector extends SignalSinkConnector {
    @Override
    public ConfigDef config() {
        return WebhookSinkConfig.OPTIONS;
    }

    @Override
    public Class<? extends Task> taskClass() {
        return WebhookSinkTask.class;
    }

    @Override
    protected void parse(Map<String, String> props) {
        var unused = WebhookSinkConfig.parse(props);
    }
}
