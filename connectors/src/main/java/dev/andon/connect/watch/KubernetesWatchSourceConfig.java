package dev.andon.connect.watch;

import static org.apache.kafka.common.config.ConfigDef.Importance.HIGH;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;

import dev.andon.connect.common.ConfigTable;
import dev.andon.connect.outlet.Topics;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
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
    static final String URL = "kubernetes.url";
    static final String KUBECONFIG = "kubeconfig.file";
    static final String TOKEN = "bearer.token";
    static final String TOKEN_FILE = "bearer.token.file";
    static final String CA = "tls.ca.file";

    static final ConfigDef OPTIONS = options();

    private KubernetesWatchSourceConfig() {}

    private static final class Kinds implements ConfigDef.Validator {
        @Override
        public void ensureValid(String name, @Nullable Object value) {
            if (value instanceof List<?> kinds) {
                for (Object kind : kinds) {
                    if (WatchedKind.of(String.valueOf(kind)).isEmpty()) {
                        throw new ConfigException(name, kind, "must be of " + this);
                    }
                }
                if (kinds.isEmpty()) {
                    throw new ConfigException(name, kinds, "at least one is needed of " + this);
                }
            }
        }

        @Override
        public String toString() {
            return Arrays.stream(WatchedKind.values()).map(WatchedKind::kind).collect(Collectors.joining(", "));
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
                        new Kinds(),
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
        Topics.declare(table, Topics.Kind.ROLLOUTS);
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
