package dev.andon.connect.audit;

import dev.andon.connect.intake.Listening;
import dev.andon.connect.intake.PushSourceConnector;
import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.connector.Task;

/**
 * Receives the audit events of kube-apiservers (audit.k8s.io/v1) and writes to {@code andon.apiserver-latency} who called
 * how often and how long it took. Keys and values are bytes, so both converters must be the ByteArrayConverter.
 */
public final class AuditSourceConnector extends PushSourceConnector {
    @Override
    public ConfigDef config() {
        return AuditSourceConfig.OPTIONS;
    }

    @Override
    public Class<? extends Task> taskClass() {
        return AuditSourceTask.class;
    }

    @Override
    protected Map<String, String> problems(AbstractConfig config) {
        return Listening.problems(config, false);
    }
}
