package dev.andon.connect.pagerduty;

import dev.andon.connect.common.SignalSinkConnector;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.connector.Task;

/** Pages people through PagerDuty, and resolves when a signal is cleared. */
public final class PagerDutySinkConnector extends SignalSinkConnector {
    @Override
    public ConfigDef config() {
        return PagerDutySinkConfig.OPTIONS;
    }

    @Override
    public Class<? extends Task> taskClass() {
        return PagerDutySinkTask.class;
    }

    @Override
    protected void parse(Map<String, String> props) {
        var unused = PagerDutySinkConfig.parse(props);
    }
}
