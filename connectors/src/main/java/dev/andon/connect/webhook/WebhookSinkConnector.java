package dev.andon.connect.webhook;

import dev.andon.connect.common.SignalSinkConnector;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;
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
    protected Map<String, String> problems(AbstractConfig config) {
        Map<String, String> problems = new LinkedHashMap<>(super.problems(config));
        problems.putAll(WebhookSinkConfig.problems(config));
        return problems;
    }

    @Override
    protected void parse(Map<String, String> props) {
        var unused = WebhookSinkConfig.parse(props);
    }
}
