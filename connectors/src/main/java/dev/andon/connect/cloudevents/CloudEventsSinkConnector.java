package dev.andon.connect.cloudevents;

import dev.andon.connect.common.SignalSinkConnector;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.connector.Task;

/** Posts signals as CDEvents to any receiver of CloudEvents. */
public final class CloudEventsSinkConnector extends SignalSinkConnector {
    @Override
    public ConfigDef config() {
        return CloudEventsSinkConfig.OPTIONS;
    }

    @Override
    public Class<? extends Task> taskClass() {
        return CloudEventsSinkTask.class;
    }

    @Override
    protected void parse(Map<String, String> props) {
        var unused = CloudEventsSinkConfig.parse(props);
    }
}
