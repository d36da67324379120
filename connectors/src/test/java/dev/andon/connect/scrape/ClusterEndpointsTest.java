package dev.andon.connect.scrape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSliceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Against an API server that keeps EndpointSlices and answers lists and watches. */
@EnableKubernetesMockClient(crud = true, https = false)
@Timeout(60)
@SuppressWarnings("NullAway.Init") // the extension sets the field
class ClusterEndpointsTest {
    KubernetesClient client;

    private final AtomicLong nanos = new AtomicLong();
    private @Nullable Discovery discovery;

    @AfterEach
    void stop() {
        if (discovery != null) {
            discovery.close();
        }
    }

    @Test
    void findsTheInstancesOfTheApiserverAndThePodsOfTheDnsServer() {
        put(apiservers("10.0.0.4", "10.0.0.5"));
        put(dns("kube-dns-x1", "IPv4", "10.2.0.9", "coredns-7d4f"));
        put(dns("other-x1", "IPv4", "10.2.0.10", "elsewhere"), "other");

        awaitUrls(
                find(Map.of()),
                "prod/10.0.0.4:6443 https://10.0.0.4:6443/metrics",
                "prod/10.0.0.5:6443 https://10.0.0.5:6443/metrics",
                "prod/coredns-7d4f http://10.2.0.9:9153/metrics");
    }

    @Test
    void scrapesAServerOfTwoAddressesOnceAndTakesAPortByItsNumberWhereTheServiceLacksIt() {
        put(dns("kube-dns-6", "IPv6", "fd00::9", "coredns-1"));
        put(dns("kube-dns-4", "IPv4", "10.2.0.9", "coredns-1"));
        put(dns("kube-dns-7", "IPv6", "fd00::10", "coredns-2"));

        awaitUrls(
                find(Map.of("kubernetes.dns.port", "9253", "kubernetes.discover", "dns")),
                "prod/coredns-1 http://10.2.0.9:9253/metrics",
                "prod/coredns-2 http://[fd00::10]:9253/metrics");
    }

    @Test
    void followsServersThatComeAndGo() {
        put(apiservers("10.0.0.4"));
        put(dns("kube-dns-x1", "IPv4", "10.2.0.9", "coredns-1"));
        Discovery found = find(Map.of("kubernetes.discover", "dns"));
        awaitUrls(found, "prod/coredns-1 http://10.2.0.9:9153/metrics");

        put(dns("kube-dns-x2", "IPv4", "10.2.0.10", "coredns-2"));
        awaitUrls(found, "prod/coredns-1 http://10.2.0.9:9153/metrics", "prod/coredns-2 http://10.2.0.10:9153/metrics");
        client.discovery()
                .v1()
                .endpointSlices()
                .inNamespace("kube-system")
                .withName("kube-dns-x1")
                .delete();

        nanos.incrementAndGet();
        awaitUrls(found, "prod/coredns-2 http://10.2.0.10:9153/metrics");
    }

    @Test
    void goesOnWithAnApiserverThatLostItsLeaseForAWhile() {
        put(apiservers("10.0.0.4", "10.0.0.5"));
        Discovery found = find(Map.of("kubernetes.discover", "apiserver"));
        String first = "prod/10.0.0.4:6443 https://10.0.0.4:6443/metrics";
        String second = "prod/10.0.0.5:6443 https://10.0.0.5:6443/metrics";
        String third = "prod/10.0.0.6:6443 https://10.0.0.6:6443/metrics";
        awaitUrls(found, first, second);

        put(apiservers("10.0.0.5", "10.0.0.6"));
        awaitUrls(found, first, second, third);
        nanos.addAndGet(Discovery.LINGER_NANOS + 1);
        awaitUrls(found, second, third);
    }

    private Discovery find(Map<String, String> options) {
        var props = new HashMap<>(Map.of(
                "cluster", "prod",
                "kubernetes.discover", "apiserver,dns",
                "kubernetes.url", client.getMasterUrl().toString(),
                "targets.refresh.ms", "100"));
        props.putAll(options);
        ScrapeSettings settings = ScrapeSettings.parse(props);
        var made = new Discovery(settings.discovery(), List.of(), nanos::get, ScrapeMetrics.NONE);
        discovery = made;
        return made;
    }

    private static void awaitUrls(Discovery found, String... expected) {
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(found.targets())
                .extracting(target -> target.id() + " " + target.url())
                .containsExactlyInAnyOrder(expected));
    }

    private void put(EndpointSlice slice) {
        put(slice, slice.getMetadata().getNamespace().equals("default") ? "kubernetes" : "kube-dns");
    }

    private void put(EndpointSlice slice, String service) {
        slice.getMetadata().setLabels(Map.of("kubernetes.io/service-name", service));
        client.resource(slice).createOr(existing -> existing.update());
    }

    private static EndpointSlice apiservers(String... addresses) {
        var slice = new EndpointSliceBuilder()
                .withNewMetadata()
                .withNamespace("default")
                .withName("kubernetes")
                .endMetadata()
                .withAddressType("IPv4")
                .addNewPort()
                .withName("https")
                .withPort(6443)
                .endPort();
        for (String address : addresses) {
            slice.addNewEndpoint().withAddresses(address).endEndpoint();
        }
        return slice.build();
    }

    /** Not ready, as it is while it struggles. */
    private static EndpointSlice dns(String name, String family, String address, String pod) {
        return new EndpointSliceBuilder()
                .withNewMetadata()
                .withNamespace("kube-system")
                .withName(name)
                .endMetadata()
                .withAddressType(family)
                .addNewPort()
                .withName("dns")
                .withPort(53)
                .endPort()
                .addNewPort()
                .withName("metrics")
                .withPort(9153)
                .endPort()
                .addNewEndpoint()
                .withAddresses(address)
                .withNewConditions()
                .withReady(false)
                .endConditions()
                .withNewTargetRef()
                .withKind("Pod")
                .withName(pod)
                .endTargetRef()
                .endEndpoint()
                .build();
    }
}
