package dev.andon.connect.scrape;

import dev.andon.connect.common.ApiAccess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.AbstractConfig;

/**
 * Where targets are found that the configuration does not name.
 *
 * @param files lists of targets
 * @param refresh time between two looks
 * @param kubernetes what to find in a cluster; empty when it is not asked
 * @param cluster name of that cluster, and of targets in files that do not say theirs
 * @param access to its API server
 * @param dnsService whose endpoints are the DNS servers
 * @param dnsPort of their metrics: name or number
 * @param share of the task in what is found
 */
record DiscoverySettings(
        List<TargetFile> files,
        Duration refresh,
        List<Target.Kind> kubernetes,
        Optional<String> cluster,
        ApiAccess access,
        Service dnsService,
        String dnsPort,
        Share share) {

    /**
     * A Service of Kubernetes.
     *
     * @param namespace it is in
     * @param name of it
     */
    record Service(String namespace, String name) {
        static Service parse(String text) {
            int slash = text.indexOf('/');
            return new Service(text.substring(0, slash), text.substring(slash + 1));
        }

        @Override
        public String toString() {
            return namespace + "/" + name;
        }
    }

    /** @return whether anything is to be found at all */
    boolean finds() {
        return !files.isEmpty() || !kubernetes.isEmpty();
    }

    static DiscoverySettings of(AbstractConfig config, Share share) {
        Optional<String> cluster = Optional.ofNullable(config.getString(PrometheusScrapeSourceConfig.CLUSTER));
        return new DiscoverySettings(
                files(config, cluster),
                Duration.ofMillis(config.getLong(PrometheusScrapeSourceConfig.TARGETS_REFRESH_MS)),
                config.getList(PrometheusScrapeSourceConfig.KUBERNETES_DISCOVER).stream()
                        .map(kind -> Target.Kind.valueOf(kind.toUpperCase(Locale.ROOT)))
                        .toList(),
                cluster,
                access(config),
                Service.parse(config.getString(PrometheusScrapeSourceConfig.KUBERNETES_DNS_SERVICE)),
                config.getString(PrometheusScrapeSourceConfig.KUBERNETES_DNS_PORT),
                share);
    }

    private static List<TargetFile> files(AbstractConfig config, Optional<String> cluster) {
        var files = new ArrayList<TargetFile>();
        config.getList(PrometheusScrapeSourceConfig.APISERVER_FILES)
                .forEach(file -> files.add(new TargetFile(Target.Kind.APISERVER, Path.of(file), cluster)));
        config.getList(PrometheusScrapeSourceConfig.DNS_FILES)
                .forEach(file -> files.add(new TargetFile(Target.Kind.DNS, Path.of(file), cluster)));
        return List.copyOf(files);
    }

    private static ApiAccess access(AbstractConfig config) {
        return new ApiAccess(
                Optional.ofNullable(config.getString(PrometheusScrapeSourceConfig.KUBERNETES_URL)),
                path(config, PrometheusScrapeSourceConfig.KUBECONFIG_FILE),
                Optional.ofNullable(config.getPassword(PrometheusScrapeSourceConfig.BEARER_TOKEN)),
                path(config, PrometheusScrapeSourceConfig.BEARER_TOKEN_FILE),
                path(config, PrometheusScrapeSourceConfig.TLS_CA_FILE),
                path(config, PrometheusScrapeSourceConfig.TLS_CERTIFICATE_FILE),
                path(config, PrometheusScrapeSourceConfig.TLS_KEY_FILE));
    }

    private static Optional<Path> path(AbstractConfig config, String option) {
        return Optional.ofNullable(config.getString(option)).map(Path::of);
    }

    /** Adds what is wrong between options that are each valid, by the option to change. */
    static void addProblems(AbstractConfig config, Map<String, String> problems) {
        boolean kubernetes = !config.getList(PrometheusScrapeSourceConfig.KUBERNETES_DISCOVER)
                .isEmpty();
        if (kubernetes && config.getString(PrometheusScrapeSourceConfig.CLUSTER) == null) {
            problems.put(
                    PrometheusScrapeSourceConfig.CLUSTER,
                    "kubernetes.discover needs cluster: what Andon calls the cluster that is asked");
        }
        if (config.getString(PrometheusScrapeSourceConfig.KUBERNETES_URL) != null
                && config.getString(PrometheusScrapeSourceConfig.KUBECONFIG_FILE) != null) {
            problems.put(
                    PrometheusScrapeSourceConfig.KUBECONFIG_FILE,
                    "kubernetes.url and kubeconfig.file are both set; remove one");
        }
    }
}
