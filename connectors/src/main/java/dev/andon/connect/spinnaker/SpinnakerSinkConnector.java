package dev.andon.connect.spinnaker;

import dev.andon.connect.common.SignalSinkConnector;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.connector.Task;

/** Pauses or cancels the pipeline executions of Spinnaker that spread halted rollouts. */
public final class SpinnakerSinkConnector extends SignalSinkConnector {
    @Override
    public ConfigDef config() {
        return SpinnakerSinkConfig.OPTIONS;
    }

    @Override
    public Class<? extends Task> taskClass() {
        return SpinnakerSinkTask.class;
    }

    @Override
    protected void parse(Map<String, String> props) {
        var unused = SpinnakerSinkConfig.parse(props);
    }
}
