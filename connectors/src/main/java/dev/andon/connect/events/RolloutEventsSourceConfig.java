package dev.andon.connect.events;

import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;

import dev.andon.connect.common.ConfigTable;
import dev.andon.connect.intake.Listening;
import dev.andon.connect.outlet.Topics;
import java.util.List;
import org.apache.kafka.common.config.ConfigDef;

/** The options of the source of CD events. */
final class RolloutEventsSourceConfig {
    static final String ENVIRONMENT_CLUSTERS = "environment.clusters";

    static final ConfigDef OPTIONS = options();

    private RolloutEventsSourceConfig() {}

    private static ConfigDef options() {
        var options = new ConfigDef();
        var table = new ConfigTable(options);
        Listening.declare(table, false, 2 * 1024 * 1024);
        table.group("Senders");
        for (Sender sender : Sender.values()) {
            table.option(sender.option(), ConfigDef.Type.PASSWORD, null, null, MEDIUM)
                    .doc(doc(sender));
        }
        table.option(ENVIRONMENT_CLUSTERS, ConfigDef.Type.LIST, List.of(), new EnvironmentClusters(), MEDIUM)
                .doc("Which environment of GitHub is which cluster, such as `production=prod-west-3`. One that is not"
                        + " named here needs the cluster in the path.");
        Topics.declare(table, Topics.Kind.ROLLOUTS, Topics.Kind.DEAD_LETTERS);
        return options;
    }

    private static String doc(Sender sender) {
        String where = " to `/v1/events/" + sender.path() + "`; without it that path answers 404.";
        return switch (sender) {
            case GITHUB -> "Secret of the webhook, with which GitHub signs what it sends (X-Hub-Signature-256)" + where;
            case FLAGGER ->
                "Token that Flagger sends, as `metadata.token` of the webhook or as `Authorization: Bearer …`," + where;
            case SPINNAKER -> "Token that Spinnaker sends, as the password of any user or as a bearer token," + where;
            case ARGO_CD, ARGO_ROLLOUTS, CDEVENTS -> "Token that is sent as `Authorization: Bearer …`" + where;
        };
    }
}
