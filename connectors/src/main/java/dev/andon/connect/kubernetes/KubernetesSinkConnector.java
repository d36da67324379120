package dev.andon.connect.kubernetes;

import dev.andon.connect.common.SignalSinkConnector;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.connector.Task;

/** Halts rollouts in Kubernetes clusters: Deployments, DaemonSets, StatefulSets, Argo Rollouts, Flagger canaries. */
public final class KubernetesSinkConnector extends SignalSinkConnector {
    @Override
    public ConfigDef config() {
        return KubernetesSinkConfig.OPTIONS;
    }

    @Override
    public Class<? extends Task> taskClass() {
        return KubernetesSinkTask.class;
    }

    @Override
    protected void parse(Map<String, String> props) {
        var unused = KubernetesSinkConfig.parse(props);
    }
}
