package dev.andon.connect.events;

import dev.andon.connect.intake.Listening;
import dev.andon.connect.intake.PushSourceConnector;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.connector.Task;

/**
 * Receives what Argo CD, Argo Rollouts, Flagger, Spinnaker, GitHub and senders of CDEvents tell of their rollouts, and
 * writes it to {@code andon.rollouts}. Keys and values are bytes, so both converters must be the ByteArrayConverter.
 */
public final class RolloutEventsSourceConnector extends PushSourceConnector {
    @Override
    public ConfigDef config() {
        return RolloutEventsSourceConfig.OPTIONS;
    }

    @Override
    public Class<? extends Task> taskClass() {
        return RolloutEventsSourceTask.class;
    }

    @Override
    protected Map<String, String> problems(AbstractConfig config) {
        var problems = new LinkedHashMap<>(Listening.problems(config, true));
        boolean none = Arrays.stream(Sender.values()).allMatch(sender -> config.getPassword(sender.option()) == null);
        if (none) {
            problems.put(
                    Sender.ARGO_CD.option(),
                    "no sender has a secret, so nobody could send; set one of argocd.token, argo.rollouts.token,"
                            + " flagger.token, spinnaker.token, github.secret, cdevents.token");
        }
        return problems;
    }
}
