package dev.andon.connect.slack;

import dev.andon.connect.common.SignalSinkConnector;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.connector.Task;

/** Posts signals as messages to an incoming webhook of Slack or of what speaks like it. */
public final class SlackSinkConnector extends SignalSinkConnector {
    @Override
    public ConfigDef config() {
        return SlackSinkConfig.OPTIONS;
    }

    @Override
    public Class<? extends Task> taskClass() {
        return SlackSinkTask.class;
    }

    @Override
    protected void parse(Map<String, String> props) {
        var unused = SlackSinkConfig.parse(props);
    }
}
