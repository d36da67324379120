package dev.andon.connect.scrape;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigException;

/**
 * The configuration of a task, parsed once and checked as a whole.
 *
 * @param targets to scrape that the configuration names
 * @param discovery where others are found
 * @param interval between two scrapes of a target
 * @param timeout of one scrape, at most the interval
 * @param maxPageBytes largest page that is read
 * @param access how to prove who is asking, and whom to trust
 * @param topics where records go
 */
record ScrapeSettings(
        List<Target> targets,
        DiscoverySettings discovery,
        Duration interval,
        Duration timeout,
        int maxPageBytes,
        Access access,
        Topics topics) {

    /**
     * Credentials and trust.
     *
     * @param token to send; never shown
     * @param tokenFile to read it from instead
     * @param ca authorities to trust instead of Java's own
     * @param certificate of the client
     * @param key of that certificate
     */
    record Access(
            Optional<Secret> token,
            Optional<Path> tokenFile,
            Optional<Path> ca,
            Optional<Path> certificate,
            Optional<Path> key) {}

    /** @param value never shown */
    record Secret(String value) {
        @Override
        public String toString() {
            return "[hidden]";
        }
    }

    /**
     * Names of topics.
     *
     * @param apiserverLatency of the latencies
     * @param dnsErrors of the DNS answers
     * @param deadLetters of the pages that cannot be read
     */
    record Topics(String apiserverLatency, String dnsErrors, String deadLetters) {}

    /** @throws ConfigException naming every problem at once */
    static ScrapeSettings parse(Map<String, String> props) {
        var config = new AbstractConfig(PrometheusScrapeSourceConfig.OPTIONS, props, false);
        Map<String, String> problems = problems(config);
        if (!problems.isEmpty()) {
            throw new ConfigException(String.join("; ", problems.values()));
        }
        return of(config, Share.of(props));
    }

    /** @return what is wrong between options that are each valid, by the option to change */
    static Map<String, String> problems(AbstractConfig config) {
        var problems = new LinkedHashMap<String, String>();
        List<Target> targets = targets(config);
        if (targets.isEmpty() && !DiscoverySettings.of(config, Share.ALL).finds()) {
            problems.put(
                    PrometheusScrapeSourceConfig.APISERVER_TARGETS,
                    "there is nothing to scrape; name a target in apiserver.targets or dns.targets, a file in"
                            + " apiserver.targets.files or dns.targets.files, or set kubernetes.discover");
        }
        DiscoverySettings.addProblems(config, problems);
        var ids = new HashSet<String>();
        targets.stream()
                .filter(target -> !ids.add(target.id()))
                .findFirst()
                .ifPresent(twice -> problems.put(
                        PrometheusScrapeSourceConfig.APISERVER_TARGETS,
                        "the target " + twice.id()
                                + " is named twice; give each instance of a cluster a name of its own"));
        Long timeout = config.getLong(PrometheusScrapeSourceConfig.SCRAPE_TIMEOUT_MS);
        long interval = config.getLong(PrometheusScrapeSourceConfig.SCRAPE_INTERVAL_MS);
        if (timeout != null && timeout > interval) {
            problems.put(
                    PrometheusScrapeSourceConfig.SCRAPE_TIMEOUT_MS,
                    "scrape.timeout.ms is " + timeout + " but may be at most scrape.interval.ms, which is " + interval);
        }
        addAccessProblems(config, problems);
        return problems;
    }

    private static void addAccessProblems(AbstractConfig config, Map<String, String> problems) {
        if (config.getPassword(PrometheusScrapeSourceConfig.BEARER_TOKEN) != null
                && config.getString(PrometheusScrapeSourceConfig.BEARER_TOKEN_FILE) != null) {
            problems.put(
                    PrometheusScrapeSourceConfig.BEARER_TOKEN_FILE,
                    "bearer.token and bearer.token.file are both set; remove one");
        }
        boolean certificate = config.getString(PrometheusScrapeSourceConfig.TLS_CERTIFICATE_FILE) != null;
        boolean key = config.getString(PrometheusScrapeSourceConfig.TLS_KEY_FILE) != null;
        if (certificate != key) {
            problems.put(
                    certificate
                            ? PrometheusScrapeSourceConfig.TLS_KEY_FILE
                            : PrometheusScrapeSourceConfig.TLS_CERTIFICATE_FILE,
                    "tls.certificate.file and tls.key.file belong together; set both or neither");
        }
    }

    private static ScrapeSettings of(AbstractConfig config, Share share) {
        Duration interval = Duration.ofMillis(config.getLong(PrometheusScrapeSourceConfig.SCRAPE_INTERVAL_MS));
        return new ScrapeSettings(
                targets(config),
                DiscoverySettings.of(config, share),
                interval,
                Optional.ofNullable(config.getLong(PrometheusScrapeSourceConfig.SCRAPE_TIMEOUT_MS))
                        .map(Duration::ofMillis)
                        .orElse(interval),
                config.getInt(PrometheusScrapeSourceConfig.PAGE_MAX_BYTES),
                access(config),
                new Topics(
                        config.getString(PrometheusScrapeSourceConfig.APISERVER_LATENCY_TOPIC),
                        config.getString(PrometheusScrapeSourceConfig.DNS_ERRORS_TOPIC),
                        config.getString(PrometheusScrapeSourceConfig.DEAD_LETTERS_TOPIC)));
    }

    private static Access access(AbstractConfig config) {
        return new Access(
                Optional.ofNullable(config.getPassword(PrometheusScrapeSourceConfig.BEARER_TOKEN))
                        .map(password -> new Secret(password.value())),
                path(config, PrometheusScrapeSourceConfig.BEARER_TOKEN_FILE),
                path(config, PrometheusScrapeSourceConfig.TLS_CA_FILE),
                path(config, PrometheusScrapeSourceConfig.TLS_CERTIFICATE_FILE),
                path(config, PrometheusScrapeSourceConfig.TLS_KEY_FILE));
    }

    private static Optional<Path> path(AbstractConfig config, String option) {
        return Optional.ofNullable(config.getString(option)).map(Path::of);
    }

    private static List<Target> targets(AbstractConfig config) {
        var targets = new ArrayList<Target>();
        targets.addAll(new TargetList(Target.Kind.APISERVER)
                .parse(config.getList(PrometheusScrapeSourceConfig.APISERVER_TARGETS)));
        targets.addAll(new TargetList(Target.Kind.DNS).parse(config.getList(PrometheusScrapeSourceConfig.DNS_TARGETS)));
        return targets;
    }
}
