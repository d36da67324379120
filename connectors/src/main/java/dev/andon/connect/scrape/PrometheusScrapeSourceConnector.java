package dev.andon.connect.scrape;

import dev.andon.connect.common.Version;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.connect.connector.Task;
import org.apache.kafka.connect.source.ExactlyOnceSupport;
import org.apache.kafka.connect.source.SourceConnector;

/**
 * Scrapes the metrics pages of kube-apiservers and CoreDNS servers and writes what happened between two scrapes to
 * {@code andon.apiserver-latency} and {@code andon.dns-errors}. Keys and values are bytes, so both converters must be
 * the ByteArrayConverter.
 */
public final class PrometheusScrapeSourceConnector extends SourceConnector {
    private Map<String, String> props = Map.of();

    @Override
    public String version() {
        return Version.current();
    }

    @Override
    public ConfigDef config() {
        return PrometheusScrapeSourceConfig.OPTIONS;
    }

    /**
     * Checks each option, then the rules between them, and then whether files can be read and Kubernetes may be asked.
     * Contacts no target: one may be down when this is set up.
     */
    @Override
    public Config validate(Map<String, String> connectorConfigs) {
        Config config = super.validate(connectorConfigs);
        List<ConfigValue> values = config.configValues();
        if (values.stream().allMatch(value -> value.errorMessages().isEmpty())) {
            var parsed = new AbstractConfig(PrometheusScrapeSourceConfig.OPTIONS, connectorConfigs, false);
            Map<String, String> rules = ScrapeSettings.problems(parsed);
            Map<String, String> problems = rules.isEmpty() ? DiscoveryCheck.problems(parsed) : rules;
            values.stream()
                    .filter(value -> problems.containsKey(value.name()))
                    .forEach(value -> value.addErrorMessage(problems.get(value.name())));
        }
        return config;
    }

    @Override
    public void start(Map<String, String> props) {
        ScrapeSettings.parse(props);
        this.props = Map.copyOf(props);
    }

    @Override
    public Class<? extends Task> taskClass() {
        return PrometheusScrapeSourceTask.class;
    }

    /** Deals the targets out, so that each is scraped by exactly one task. */
    @Override
    public List<Map<String, String>> taskConfigs(int maxTasks) {
        var config = new AbstractConfig(PrometheusScrapeSourceConfig.OPTIONS, props, false);
        List<String> apiservers = config.getList(PrometheusScrapeSourceConfig.APISERVER_TARGETS);
        List<String> dnsServers = config.getList(PrometheusScrapeSourceConfig.DNS_TARGETS);
        int named = apiservers.size() + dnsServers.size();
        // How many will be found is not known; each task takes its share of whatever there is.
        boolean finds = DiscoverySettings.of(config, Share.ALL).finds();
        int tasks = finds ? maxTasks : Math.min(maxTasks, named);
        var configs = new ArrayList<Map<String, String>>();
        for (int task = 0; task < tasks; task++) {
            var share = new HashMap<>(props);
            share.put(PrometheusScrapeSourceConfig.APISERVER_TARGETS, share(apiservers, task, tasks, 0));
            share.put(PrometheusScrapeSourceConfig.DNS_TARGETS, share(dnsServers, task, tasks, apiservers.size()));
            if (finds) {
                new Share(task, tasks).addTo(share);
            }
            configs.add(share);
        }
        return configs;
    }

    /** A scrape cannot be repeated: what was not written before a crash is lost, and nothing is written twice. */
    @Override
    public ExactlyOnceSupport exactlyOnceSupport(Map<String, String> connectorConfig) {
        return ExactlyOnceSupport.UNSUPPORTED;
    }

    /** Offsets only say when a target was last scraped; nothing depends on them, so any change to them is welcome. */
    @Override
    public boolean alterOffsets(Map<String, String> connectorConfig, Map<Map<String, ?>, Map<String, ?>> offsets) {
        return true;
    }

    @Override
    public void stop() {
        // Holds nothing that must be given back.
    }

    /** @param before how many targets of other kinds were dealt out already */
    private static String share(List<String> targets, int task, int tasks, int before) {
        var mine = new ArrayList<String>();
        for (int i = 0; i < targets.size(); i++) {
            if ((before + i) % tasks == task) {
                mine.add(targets.get(i));
            }
        }
        return String.join(",", mine);
    }
}
