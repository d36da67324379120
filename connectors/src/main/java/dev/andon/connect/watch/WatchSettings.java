package dev.andon.connect.watch;

import dev.andon.connect.common.ApiAccess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.AbstractConfig;

/**
 * The configuration of the task.
 *
 * @param cluster how Andon calls it
 * @param kinds to watch
 * @param namespaces to watch; one empty name for all
 * @param configSelector label selector of the ConfigMaps and Secrets that count
 * @param facts to tell of the cluster
 * @param access to the API server
 */
record WatchSettings(
        String cluster,
        List<WatchedKind> kinds,
        List<String> namespaces,
        String configSelector,
        Facts facts,
        ApiAccess access) {
    /**
     * What to tell of the cluster.
     *
     * @param wanted of all that can be told
     * @param corefiles where CoreDNS is configured
     * @param interval between two looks
     */
    record Facts(Set<ClusterFact> wanted, List<ConfigMapName> corefiles, Duration interval) {
        static final Facts NONE = new Facts(Set.of(), List.of(), Duration.ofMinutes(1));

        static Facts of(AbstractConfig config) {
            return new Facts(
                    config.getList(KubernetesWatchSourceConfig.FACTS).stream()
                            .map(ClusterFact::of)
                            .collect(Collectors.toSet()),
                    config.getList(KubernetesWatchSourceConfig.DNS_CONFIG_MAPS).stream()
                            .map(name -> ConfigMapName.of(name).orElseThrow())
                            .toList(),
                    Duration.ofMillis(config.getLong(KubernetesWatchSourceConfig.FACTS_INTERVAL)));
        }
    }

    static WatchSettings of(AbstractConfig config) {
        List<String> namespaces = config.getList(KubernetesWatchSourceConfig.NAMESPACES);
        return new WatchSettings(
                config.getString(KubernetesWatchSourceConfig.CLUSTER),
                config.getList(KubernetesWatchSourceConfig.KINDS).stream()
                        .map(kind -> WatchedKind.of(kind).orElseThrow())
                        .toList(),
                namespaces.isEmpty() ? List.of("") : namespaces,
                config.getString(KubernetesWatchSourceConfig.CONFIG_SELECTOR),
                Facts.of(config),
                new ApiAccess(
                        Optional.ofNullable(config.getString(KubernetesWatchSourceConfig.URL)),
                        path(config, KubernetesWatchSourceConfig.KUBECONFIG),
                        Optional.ofNullable(config.getPassword(KubernetesWatchSourceConfig.TOKEN)),
                        path(config, KubernetesWatchSourceConfig.TOKEN_FILE),
                        path(config, KubernetesWatchSourceConfig.CA),
                        Optional.empty(),
                        Optional.empty()));
    }

    private static Optional<Path> path(AbstractConfig config, String option) {
        return Optional.ofNullable(config.getString(option)).map(Path::of);
    }
}
