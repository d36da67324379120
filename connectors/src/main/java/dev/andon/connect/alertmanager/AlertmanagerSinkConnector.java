package dev.andon.connect.alertmanager;

import dev.andon.connect.common.SignalSinkConnector;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.connector.Task;

/** Fires alerts in every replica of an Alertmanager, and resolves them when a signal is cleared. */
public final class AlertmanagerSinkConnector extends SignalSinkConnector {
    @Override
    public ConfigDef config() {
        return AlertmanagerSinkConfig.OPTIONS;
    }

    @Override
    public Class<? extends Task> taskClass() {
        return AlertmanagerSinkTask.class;
    }

    @Override
    protected void parse(Map<String, String> props) {
        var unused = AlertmanagerSinkConfig.parse(props);
    }
}
