package dev.andon.connect.scrape;

import static org.apache.kafka.common.config.ConfigDef.Importance.HIGH;
import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;
import static org.apache.kafka.common.config.ConfigDef.Importance.MEDIUM;

import dev.andon.connect.common.ConfigTable;
import java.util.List;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.NonEmptyString;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/** The options of the scrape source. */
final class PrometheusScrapeSourceConfig {
    static final String APISERVER_TARGETS = "apiserver.targets";
    static final String DNS_TARGETS = "dns.targets";
    static final String CLUSTER = "cluster";
    static final String APISERVER_FILES = "apiserver.targets.files";
    static final String DNS_FILES = "dns.targets.files";
    static final String TARGETS_REFRESH_MS = "targets.refresh.ms";
    static final String KUBERNETES_DISCOVER = "kubernetes.discover";
    static final String KUBERNETES_URL = "kubernetes.url";
    static final String KUBECONFIG_FILE = "kubeconfig.file";
    static final String KUBERNETES_DNS_SERVICE = "kubernetes.dns.service";
    static final String KUBERNETES_DNS_PORT = "kubernetes.dns.port";
    static final String SCRAPE_INTERVAL_MS = "scrape.interval.ms";
    static final String SCRAPE_TIMEOUT_MS = "scrape.timeout.ms";
    static final String PAGE_MAX_BYTES = "page.max.bytes";
    static final String BEARER_TOKEN = "bearer.token";
    static final String BEARER_TOKEN_FILE = "bearer.token.file";
    static final String TLS_CA_FILE = "tls.ca.file";
    static final String TLS_CERTIFICATE_FILE = "tls.certificate.file";
    static final String TLS_KEY_FILE = "tls.key.file";
    static final String APISERVER_LATENCY_TOPIC = "apiserver.latency.topic";
    static final String DNS_ERRORS_TOPIC = "dns.errors.topic";
    static final String DEAD_LETTERS_TOPIC = "dead.letters.topic";

    static final ConfigDef OPTIONS = options();

    private PrometheusScrapeSourceConfig() {}

    private static ConfigDef options() {
        var options = new ConfigDef();
        var table = new ConfigTable(options);
        addTargets(table.group("Targets"));
        addDiscovery(table.group("Discovery"));
        addKubernetes(table.group("Discovery in Kubernetes"));
        addScraping(table.group("Scraping"));
        addAccess(table.group("Access"));
        addTopics(table.group("Topics"));
        return options;
    }

    private static void addTargets(ConfigTable table) {
        table.option(APISERVER_TARGETS, ConfigDef.Type.LIST, List.of(), new TargetList(Target.Kind.APISERVER), HIGH)
                .doc("Metrics pages of API servers, each `cluster=URL`, such as"
                        + " `prod-west-3=https://10.0.0.4:6443`. The path is /metrics unless the URL has one. Name"
                        + " every instance of a cluster, not its load balancer: totals of several servers behind one"
                        + " address look like a server that starts again with every scrape. An instance is called by"
                        + " its host and port, or by a name of its own: `prod-west-3/api-1=https://10.0.0.4:6443`.");
        table.option(DNS_TARGETS, ConfigDef.Type.LIST, List.of(), new TargetList(Target.Kind.DNS), HIGH)
                .doc("Metrics pages of CoreDNS servers, node-local caches included, in the same form, such as"
                        + " `prod-west-3/coredns-7d4f=http://10.2.0.9:9153`.");
    }

    private static void addDiscovery(ConfigTable table) {
        table.option(CLUSTER, ConfigDef.Type.STRING, null, null, MEDIUM)
                .doc("Cluster of the targets that are found, such as `prod-west-3`. A label `cluster` in a file comes"
                        + " before it. Discovery in Kubernetes needs it.");
        table.option(APISERVER_FILES, ConfigDef.Type.LIST, List.of(), new TargetFileNames(), MEDIUM)
                .doc(
                        "Files that list API servers in the format of Prometheus' `file_sd`, JSON or YAML by their name:"
                                + " .json, .yml or .yaml. A file that changes is read again; one that is broken or gone keeps"
                                + " its last targets, `[]` takes them away. Scheme is https unless `__scheme__` says otherwise.");
        table.option(DNS_FILES, ConfigDef.Type.LIST, List.of(), new TargetFileNames(), MEDIUM)
                .doc("Files that list CoreDNS servers, in the same form. Scheme is http unless `__scheme__` says"
                        + " otherwise.");
        table.option(TARGETS_REFRESH_MS, ConfigDef.Type.LONG, 5_000L, Range.between(100, 3_600_000), LOW)
                .doc("Time between two looks at the files and at what Kubernetes has told. With 5000 a target that"
                        + " was added is scraped 5 s later at most, plus one scrape.interval.ms.");
    }

    private static void addKubernetes(ConfigTable table) {
        table.option(
                        KUBERNETES_DISCOVER,
                        ConfigDef.Type.LIST,
                        List.of(),
                        ConfigDef.ValidList.in("apiserver", "dns"),
                        MEDIUM)
                .doc("What to find in a cluster: `apiserver`, from the EndpointSlices of the service `kubernetes` in"
                        + " `default`, and `dns`, from those of kubernetes.dns.service. Nothing when empty. Each task"
                        + " keeps one watch per kind; the options of group Access are used for the API server too.");
        table.option(KUBERNETES_URL, ConfigDef.Type.STRING, null, null, MEDIUM)
                .doc("Address of the API server to ask, such as `https://10.0.0.4:6443`. Left out, the kubeconfig file"
                        + " says it, or else the cluster is asked in which the worker runs.");
        table.option(KUBECONFIG_FILE, ConfigDef.Type.STRING, null, null, LOW)
                .doc("kubeconfig file for asking; its current context counts. Pages are scraped with the options of"
                        + " group Access nevertheless.");
        table.option(
                        KUBERNETES_DNS_SERVICE,
                        ConfigDef.Type.STRING,
                        "kube-system/kube-dns",
                        ConfigDef.LambdaValidator.with(
                                PrometheusScrapeSourceConfig::checkService, () -> "namespace/name"),
                        LOW)
                .doc("Service whose endpoints are the DNS servers. A server is called by the name of its pod.");
        table.option(KUBERNETES_DNS_PORT, ConfigDef.Type.STRING, "metrics", new NonEmptyString(), LOW)
                .doc("Port of their metrics: its name in the service, or a number such as 9153 where the service does"
                        + " not have it.");
    }

    private static void checkService(String name, @Nullable Object value) {
        if (value instanceof String text && !text.matches("[^/\\s]+/[^/\\s]+")) {
            throw new ConfigException(name, value, "must be namespace/name, such as kube-system/kube-dns");
        }
    }

    private static void addScraping(ConfigTable table) {
        table.option(SCRAPE_INTERVAL_MS, ConfigDef.Type.LONG, 5_000L, Range.between(100, 3_600_000), HIGH)
                .doc("Time between two scrapes of one target. With 5000 a change is seen after 5 to 10 s. A target"
                        + " that fails is scraped less often, at 10000, 20000 and at most 40000 then; one that answers"
                        + " slowly is left alone for at least as long as its last answer took.");
        table.option(SCRAPE_TIMEOUT_MS, ConfigDef.Type.LONG, null, new OptionalRange(1, 3_600_000), MEDIUM)
                .doc("Longest time for one scrape, connecting and reading included; at most the interval, which is"
                        + " also the default. With 3000 a page that takes 4 s is given up and counted as a failure.");
        table.option(PAGE_MAX_BYTES, ConfigDef.Type.INT, 64 * 1024 * 1024, Range.between(1024, 1024 * 1024 * 1024), LOW)
                .doc("Largest page that is read, packed or unpacked. An idle API server serves 3 MB, one of thousands"
                        + " of nodes tens of megabytes; 67108864 (64 MiB) leaves room. A larger page is refused as a"
                        + " whole.");
    }

    private static void addAccess(ConfigTable table) {
        table.option(BEARER_TOKEN, ConfigDef.Type.PASSWORD, null, null, MEDIUM)
                .doc(
                        "Token sent to every target, except that one found in Kubernetes gets it over https only. Give it through a config provider, such as"
                                + " `${file:/etc/andon/secrets.properties:token}`, or use the file below.");
        table.option(BEARER_TOKEN_FILE, ConfigDef.Type.STRING, null, null, MEDIUM)
                .doc("File that holds the token, read again for every scrape because Kubernetes renews such tokens"
                        + " every hour. Excludes the option above.");
        table.option(TLS_CA_FILE, ConfigDef.Type.STRING, null, null, MEDIUM)
                .doc("PEM file of the authorities that sign the targets' certificates, such as the cluster's ca.crt;"
                        + " Java's own otherwise.");
        table.option(TLS_CERTIFICATE_FILE, ConfigDef.Type.STRING, null, null, LOW)
                .doc("PEM file of a client certificate and its chain, for targets that ask for one. Needs the key.");
        table.option(TLS_KEY_FILE, ConfigDef.Type.STRING, null, null, LOW)
                .doc("PEM file of the certificate's key, PKCS #8 and not encrypted (`openssl pkcs8 -topk8 -nocrypt`"
                        + " converts any other).");
    }

    private static void addTopics(ConfigTable table) {
        table.option(
                        APISERVER_LATENCY_TOPIC,
                        ConfigDef.Type.STRING,
                        "andon.apiserver-latency",
                        new NonEmptyString(),
                        LOW)
                .doc("Where latencies go: one record per instance, verb and scope for every interval.");
        table.option(DNS_ERRORS_TOPIC, ConfigDef.Type.STRING, "andon.dns-errors", new NonEmptyString(), LOW)
                .doc("Where DNS answers go: one record per server for every interval.");
        table.option(DEAD_LETTERS_TOPIC, ConfigDef.Type.STRING, "andon.dead-letters", new NonEmptyString(), LOW)
                .doc("Where pages go that cannot be read: their first 262144 bytes, and in the headers andon.reason,"
                        + " andon.source and andon.detail.");
    }
}
