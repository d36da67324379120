package dev.andon.connect.watch;

import static org.apache.kafka.common.config.ConfigDef.Importance.HIGH;
import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;

import dev.andon.connect.common.ConfigTable;
import dev.andon.connect.outlet.Topics;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.NonEmptyString;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/** The options of the Kubernetes watch. */
final class KubernetesWatchSourceConfig {
    static final String CLUSTER = "cluster";
    static final String KINDS = "kinds";
    static final String NAMESPACES = "namespaces";
    static final String CONFIG_SELECTOR = "config.selector";
    static final String FACTS = "cluster.facts";
    static final String DNS_CONFIG_MAPS = "dns.configmaps";
    static final String FACTS_INTERVAL = "facts.interval.ms";
    static final String URL = "kubernetes.url";
    static final String KUBECONFIG = "kubeconfig.file";
    static final String TOKEN = "bearer.token";
    static final String TOKEN_FILE = "bearer.token.file";
    static final String CA = "tls.ca.file";

    static final ConfigDef OPTIONS = options();

    private KubernetesWatchSourceConfig() {}

    /** Each element is one of these; whether there must be any is another question. */
    private record Among(List<String> allowed, boolean needed) implements ConfigDef.Validator {
        @Override
        public void ensureValid(String name, @Nullable Object value) {
            if (value instanceof List<?> given) {
                for (Object each : given) {
                    if (!allowed.contains(String.valueOf(each))) {
                        throw new ConfigException(name, each, "must be of " + this);
                    }
                }
                if (needed && given.isEmpty()) {
                    throw new ConfigException(name, given, "at least one is needed of " + this);
                }
            }
        }

        @Override
        public String toString() {
            return String.join(", ", allowed);
        }
    }

    private static final class ConfigMapNames implements ConfigDef.Validator {
        @Override
        public void ensureValid(String name, @Nullable Object value) {
            if (value instanceof List<?> given) {
                for (Object each : given) {
                    if (ConfigMapName.of(String.valueOf(each)).isEmpty()) {
                        throw new ConfigException(name, each, "must be " + this);
                    }
                }
            }
        }

        @Override
        public String toString() {
            return "namespace/name, such as kube-system/coredns";
        }
    }

    private static ConfigDef options() {
        var options = new ConfigDef();
        var table = new ConfigTable(options);
        table.group("What to watch");
        table.option(CLUSTER, ConfigDef.Type.STRING, ConfigDef.NO_DEFAULT_VALUE, new NonEmptyString(), HIGH)
                .doc("How Andon calls this cluster, such as `prod-west-3`. One connector watches one cluster.");
        table.option(
                        KINDS,
                        ConfigDef.Type.LIST,
                        List.of("Deployment", "StatefulSet", "DaemonSet", "ConfigMap"),
                        new Among(
                                Arrays.stream(WatchedKind.values())
                                        .map(WatchedKind::kind)
                                        .toList(),
                                true),
                        HIGH)
                .doc(
                        "Kinds to watch. `Rollout` (Argo) and `Canary` (Flagger) are for clusters that have them; `Secret` and"
                                + " `HelmRelease` need the right to read secrets, though their content is not read.");
        table.option(NAMESPACES, ConfigDef.Type.LIST, List.of(), null, MEDIUM)
                .doc("Namespaces to watch; all when empty. Each kind in each namespace is one watch.");
        table.option(CONFIG_SELECTOR, ConfigDef.Type.STRING, "andon.dev/watch=true", new NonEmptyString(), MEDIUM)
                .doc(
                        "Label selector of the ConfigMaps and Secrets whose change is a rollout. Most are not: leader elections"
                                + " write one every two seconds.");
        table.group("What to tell of the cluster");
        table.option(FACTS, ConfigDef.Type.LIST, ClusterFact.names(), new Among(ClusterFact.names(), false), MEDIUM)
                .doc(
                        "What to look up and write to `andon.clusters`: the number of `nodes`, and as `dns-cache` the longest"
                                + " time for which DNS caches may serve an old answer. Leave out what the configuration of Andon"
                                + " says of the cluster: the newest word counts. Empty: nothing.");
        table.option(
                        DNS_CONFIG_MAPS,
                        ConfigDef.Type.LIST,
                        List.of("kube-system/coredns", "kube-system/node-local-dns"),
                        new ConfigMapNames(),
                        MEDIUM)
                .doc(
                        "ConfigMaps whose key `Corefile` configures CoreDNS, of every server that a look-up passes. One that"
                                + " is not there counts for none; nothing is told while one cannot be read.");
        table.option(FACTS_INTERVAL, ConfigDef.Type.LONG, 60_000L, ConfigDef.Range.atLeast(10_000), LOW)
                .doc("Time between two looks: one request for the nodes and one for each of these ConfigMaps. Up to 16"
                        + " times as long while the API server does not answer them.");
        table.group("Access");
        table.option(URL, ConfigDef.Type.STRING, null, null, HIGH)
                .doc(
                        "Address of the API server, such as `https://10.0.0.4:6443`. Left out, the kubeconfig file says it, or"
                                + " else the worker watches the cluster it runs in.");
        table.option(KUBECONFIG, ConfigDef.Type.STRING, null, null, MEDIUM)
                .doc("kubeconfig file; its current context counts.");
        table.option(TOKEN, ConfigDef.Type.PASSWORD, null, null, MEDIUM)
                .doc("Token of a service account, through a config provider. Needs kubernetes.url.");
        table.option(TOKEN_FILE, ConfigDef.Type.STRING, null, null, MEDIUM)
                .doc("File that holds the token, read again whenever it is used. Excludes the option above.");
        table.option(CA, ConfigDef.Type.STRING, null, null, MEDIUM)
                .doc("PEM file of the authority that signs the API server's certificate.");
        Topics.declare(table, Topics.Kind.ROLLOUTS, Topics.Kind.CLUSTERS, Topics.Kind.DEAD_LETTERS);
        return options;
    }

    /** @return what is wrong between options that are each valid, by the option to change */
    static Map<String, String> problems(AbstractConfig config) {
        var problems = new LinkedHashMap<String, String>();
        boolean url = config.getString(URL) != null;
        if (url && config.getString(KUBECONFIG) != null) {
            problems.put(KUBECONFIG, "kubernetes.url and kubeconfig.file are both set; remove one");
        }
        boolean token = config.getPassword(TOKEN) != null;
        boolean tokenFile = config.getString(TOKEN_FILE) != null;
        if (token && tokenFile) {
            problems.put(TOKEN_FILE, "bearer.token and bearer.token.file are both set; remove one");
        } else if (!url && (token || tokenFile)) {
            problems.put(token ? TOKEN : TOKEN_FILE, "a token needs kubernetes.url");
        }
        return problems;
    }
}
