package dev.andon.connect.scrape;

import dev.andon.connect.common.ApiClient;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigException;

/**
 * Looks once at what would be looked at again and again. An API server that does not answer is no mistake of the
 * configuration: it may be the patient.
 */
final class DiscoveryCheck {
    private static final int VALIDATION_MILLIS = 3_000;

    private DiscoveryCheck() {}

    /** @return what is wrong, by the option to change */
    static Map<String, String> problems(AbstractConfig config) {
        var problems = new LinkedHashMap<String, String>();
        DiscoverySettings settings = DiscoverySettings.of(config, Share.ALL);
        for (TargetFile file : settings.files()) {
            String wrong = problemOf(file);
            if (!wrong.isEmpty()) {
                problems.merge(
                        file.kind() == Target.Kind.APISERVER
                                ? PrometheusScrapeSourceConfig.APISERVER_FILES
                                : PrometheusScrapeSourceConfig.DNS_FILES,
                        wrong,
                        (first, second) -> first + "; " + second);
            }
        }
        if (!settings.kubernetes().isEmpty()) {
            addRefusal(settings, problems);
        }
        return problems;
    }

    private static String problemOf(TargetFile file) {
        try {
            return String.join("; ", file.read().problems());
        } catch (TargetFile.UnusableException e) {
            return "" + e.getMessage();
        }
    }

    private static void addRefusal(DiscoverySettings settings, Map<String, String> problems) {
        var refused = new ArrayList<String>();
        try (KubernetesClient client = ApiClient.of(settings.access(), VALIDATION_MILLIS)) {
            for (Target.Kind kind : settings.kubernetes()) {
                String namespace = ClusterEndpoints.service(settings, kind).namespace();
                if (refuses(client, namespace)) {
                    refused.add(namespace);
                }
            }
        } catch (ConfigException e) {
            problems.put(PrometheusScrapeSourceConfig.KUBERNETES_DISCOVER, "" + e.getMessage());
        } catch (KubernetesClientException unreachable) {
            return;
        }
        if (!refused.isEmpty()) {
            problems.put(
                    PrometheusScrapeSourceConfig.KUBERNETES_DISCOVER,
                    "the API server refuses to list endpointslices in " + String.join(" and ", refused)
                            + "; check the token and its rights");
        }
    }

    private static boolean refuses(KubernetesClient client, String namespace) {
        try {
            client.discovery()
                    .v1()
                    .endpointSlices()
                    .inNamespace(namespace)
                    .list(new ListOptionsBuilder().withLimit(1L).build());
            return false;
        } catch (KubernetesClientException e) {
            if (e.getCode() == 401 || e.getCode() == 403) {
                return true;
            }
            throw e;
        }
    }
}
