package dev.andon.connect.watch;

import dev.andon.connect.common.ApiClient;
import dev.andon.connect.common.Version;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.connect.connector.Task;
import org.apache.kafka.connect.source.ExactlyOnceSupport;
import org.apache.kafka.connect.source.SourceConnector;

/**
 * Watches the rollouts of one Kubernetes cluster and writes their phases and coverage to {@code andon.rollouts}, and what it
 * sees of the cluster itself to {@code andon.clusters}. Keys and values are bytes, so both converters must be the
 * ByteArrayConverter.
 */
public final class KubernetesWatchSourceConnector extends SourceConnector {
    private static final int VALIDATION_MILLIS = 3_000;

    private Map<String, String> props = Map.of();

    @Override
    public String version() {
        return Version.current();
    }

    @Override
    public ConfigDef config() {
        return KubernetesWatchSourceConfig.OPTIONS;
    }

    /** Checks each option, then the rules between them, and then asks the API server for its version. */
    @Override
    public Config validate(Map<String, String> connectorConfigs) {
        Config config = super.validate(connectorConfigs);
        List<ConfigValue> values = config.configValues();
        if (values.stream().allMatch(value -> value.errorMessages().isEmpty())) {
            var parsed = new AbstractConfig(KubernetesWatchSourceConfig.OPTIONS, connectorConfigs, false);
            Map<String, String> problems = KubernetesWatchSourceConfig.problems(parsed);
            Map<String, String> found = problems.isEmpty() ? unreachable(parsed) : problems;
            values.stream()
                    .filter(value -> found.containsKey(value.name()))
                    .forEach(value -> value.addErrorMessage(found.get(value.name())));
        }
        return config;
    }

    private static Map<String, String> unreachable(AbstractConfig parsed) {
        String option = parsed.getString(KubernetesWatchSourceConfig.KUBECONFIG) != null
                ? KubernetesWatchSourceConfig.KUBECONFIG
                : KubernetesWatchSourceConfig.URL;
        try (KubernetesClient client = ApiClient.of(WatchSettings.of(parsed).access(), VALIDATION_MILLIS)) {
            return client.getKubernetesVersion() == null
                    ? Map.of(option, "what answers is no API server; check the address")
                    : Map.of();
        } catch (KubernetesClientException e) {
            return Map.of(
                    option,
                    e.getCode() == 401 || e.getCode() == 403
                            ? "the API server answers " + e.getCode() + "; check the token and its rights"
                            : "the API server does not answer within " + VALIDATION_MILLIS
                                    + " ms; check the address and" + " tls.ca.file");
        } catch (ConfigException e) {
            return Map.of(option, "" + e.getMessage());
        }
    }

    @Override
    public void start(Map<String, String> props) {
        Map<String, String> problems = KubernetesWatchSourceConfig.problems(
                new AbstractConfig(KubernetesWatchSourceConfig.OPTIONS, props, false));
        if (!problems.isEmpty()) {
            throw new ConfigException(String.join("; ", problems.values()));
        }
        this.props = Map.copyOf(props);
    }

    @Override
    public Class<? extends Task> taskClass() {
        return KubernetesWatchSourceTask.class;
    }

    /** One: two would watch the same objects. */
    @Override
    public List<Map<String, String>> taskConfigs(int maxTasks) {
        return List.of(props);
    }

    /** The offset is what was last said; what is said next depends on when it is looked at. */
    @Override
    public ExactlyOnceSupport exactlyOnceSupport(Map<String, String> connectorConfig) {
        return ExactlyOnceSupport.UNSUPPORTED;
    }

    /** Forgetting what was said of an object is allowed; anything else would invent a phase. Other offsets say nothing. */
    @Override
    public boolean alterOffsets(Map<String, String> connectorConfig, Map<Map<String, ?>, Map<String, ?>> offsets) {
        offsets.forEach((partition, offset) -> {
            if (offset != null
                    && partition.containsKey(KubernetesWatchSourceTask.OBJECT)
                    && Known.ofOffset(offset).isEmpty()) {
                throw new org.apache.kafka.connect.errors.ConnectException(
                        "the offset of " + partition + " is none of this connector; it can only be reset");
            }
        });
        return true;
    }

    @Override
    public void stop() {
        // Holds nothing that must be given back.
    }
}
