package dev.andon.connect.argocd;

import dev.andon.connect.common.SignalSinkConnector;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.connector.Task;

/** Terminates the syncs of Argo CD that spread halted rollouts, and keeps new ones away. */
public final class ArgoCdSinkConnector extends SignalSinkConnector {
    @Override
    public ConfigDef config() {
        return ArgoCdSinkConfig.OPTIONS;
    }

    @Override
    public Class<? extends Task> taskClass() {
        return ArgoCdSinkTask.class;
    }

    @Override
    protected void parse(Map<String, String> props) {
        var unused = ArgoCdSinkConfig.parse(props);
    }
}
