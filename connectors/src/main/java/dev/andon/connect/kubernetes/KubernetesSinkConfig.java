package dev.andon.connect.kubernetes;

import static org.apache.kafka.common.config.ConfigDef.Importance.HIGH;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;
import static org.apache.kafka.common.config.ConfigDef.NO_DEFAULT_VALUE;

import dev.andon.connect.common.BearerToken;
import dev.andon.connect.common.ConfigTable;
import dev.andon.connect.common.HaltOptions;
import dev.andon.connect.common.HttpChecks;
import dev.andon.connect.common.HttpOptions;
import dev.andon.connect.common.HttpTransport;
import dev.andon.connect.common.RolloutDirectory;
import dev.andon.connect.common.RolloutOptions;
import dev.andon.connect.common.SignalSinkTask.Opened;
import dev.andon.connect.common.SinkOptions;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.ValidString;
import org.apache.kafka.common.config.ConfigException;

/**
 * What the Kubernetes sink can be told, checked.
 *
 * @param clusters address of the apiserver of each cluster, by the name that rollout events use
 * @param token for all of them
 * @param argo how Argo Rollouts are stopped
 * @param halting how long a halt may take, and how often it is looked at
 * @param all every option, for what sinks share
 */
record KubernetesSinkConfig(
        Map<String, URI> clusters, BearerToken token, Brake argo, HaltOptions halting, AbstractConfig all) {

    static final String CLUSTERS = "clusters";
    static final String TOKEN = "bearer.token";
    static final String TOKEN_FILE = "bearer.token.file";
    static final String ARGO_ROLLOUTS = "argo.rollouts.by";

    static final ConfigDef OPTIONS = SinkOptions.addTo(options());

    private static ConfigDef options() {
        ConfigDef options = new ConfigDef();
        ConfigTable table = new ConfigTable(options).group("Clusters");
        table.option(CLUSTERS, ConfigDef.Type.LIST, NO_DEFAULT_VALUE, KubernetesSinkConfig::check, HIGH)
                .doc("The clusters in which to halt, each with the address of its apiserver:"
                        + " `prod-1=https://10.0.0.4:6443,prod-2=https://10.1.0.4:6443`. The names are those of the"
                        + " rollout events. Clusters with other credentials need another connector.");
        table.option(TOKEN, ConfigDef.Type.PASSWORD, "", null, HIGH)
                .doc("Bearer token of a service account that has the rights in the manifest below. Rather give"
                        + " `bearer.token.file`.");
        table.option(TOKEN_FILE, ConfigDef.Type.STRING, "", null, HIGH)
                .doc("File that holds the token, such as `/var/run/secrets/andon/token`; read for every request because"
                        + " Kubernetes renews tokens.");
        HttpOptions.addTrust(table);
        table.group("Halting");
        table.option(ARGO_ROLLOUTS, ConfigDef.Type.STRING, "ABORT", ValidString.in("ABORT", "PAUSE"), MEDIUM)
                .doc(
                        "How Argo Rollouts are halted. ABORT shifts back to the stable version, by the status, which GitOps"
                                + " does not revert. PAUSE keeps pods and traffic as they are, by `spec.paused`, and a CLEAR"
                                + " lets the rollout go on where it was.");
        HaltOptions.addTo(table, "a GitOps controller");
        RolloutOptions.addTo(table);
        return options;
    }

    KubernetesSinkConfig {
        clusters = Map.copyOf(clusters);
    }

    private static void check(String name, Object value) {
        if (value instanceof List<?> list) {
            try {
                var unused = clusters(list.stream().map(String::valueOf).toList());
            } catch (IllegalArgumentException e) {
                throw new ConfigException(name + ": " + e.getMessage());
            }
        }
    }

    private static Map<String, URI> clusters(List<String> entries) {
        Map<String, URI> clusters = new LinkedHashMap<>();
        for (String entry : entries) {
            int equals = entry.indexOf('=');
            if (equals < 1) {
                throw new IllegalArgumentException("entry " + (clusters.size() + 1) + " is not of the form name=url");
            }
            String name = entry.substring(0, equals).strip();
            if (clusters.put(name, HttpChecks.url(entry.substring(equals + 1))) != null) {
                throw new IllegalArgumentException("names " + name + " twice");
            }
        }
        if (clusters.isEmpty()) {
            throw new IllegalArgumentException("is empty; name at least one cluster");
        }
        return clusters;
    }

    static KubernetesSinkConfig parse(Map<String, String> props) {
        AbstractConfig config = SinkOptions.parse(OPTIONS, props);
        String file = config.getString(TOKEN_FILE).strip();
        return new KubernetesSinkConfig(
                clusters(config.getList(CLUSTERS)),
                new BearerToken(
                        SinkOptions.secret(config, TOKEN).strip(),
                        file.isEmpty() ? Optional.empty() : Optional.of(Path.of(file))),
                config.getString(ARGO_ROLLOUTS).equals("PAUSE") ? Brake.ARGO_ROLLOUT_PAUSE : Brake.ARGO_ROLLOUT,
                HaltOptions.of(config),
                config);
    }

    Opened open(Clock clock, RolloutDirectory directory) {
        HttpTransport transport = HttpOptions.transport(all, clock);
        return new Opened(
                SinkOptions.settings(all),
                clusters.entrySet().stream()
                        .map(cluster -> new ClusterSender(
                                cluster.getKey(),
                                new ClusterApi(cluster.getValue(), token, transport),
                                directory,
                                this))
                        .toList(),
                directory::close);
    }

    /** Shows no token. */
    @Override
    public String toString() {
        return "KubernetesSinkConfig[" + clusters.keySet() + "]";
    }
}
