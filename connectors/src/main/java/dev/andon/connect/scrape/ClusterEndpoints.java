package dev.andon.connect.scrape;

import dev.andon.connect.common.ApiClient;
import io.fabric8.kubernetes.api.model.discovery.v1.Endpoint;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointPort;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The API servers and DNS servers of one cluster, as its EndpointSlices list them. The client asks again for as long as
 * it takes when the API server is away; until then the last list stands. Servers that are not ready are listed too: those
 * are the interesting ones.
 */
final class ClusterEndpoints implements AutoCloseable {
    private static final int REQUEST_MILLIS = 30_000;
    private static final DiscoverySettings.Service API_SERVERS = new DiscoverySettings.Service("default", "kubernetes");
    private static final String API_SERVER_PORT = "https";
    private static final String SERVICE_LABEL = "kubernetes.io/service-name";

    private final DiscoverySettings settings;
    private final String cluster;
    private final KubernetesClient client;
    private final List<Watched> watched = new ArrayList<>();

    private record Watched(Target.Kind kind, SharedIndexInformer<EndpointSlice> slices) {}

    /** @param failed is told why asking failed, every time it does */
    ClusterEndpoints(DiscoverySettings settings, Consumer<String> failed) {
        this.settings = settings;
        this.cluster = settings.cluster().orElseThrow();
        this.client = ApiClient.of(settings.access(), REQUEST_MILLIS);
        settings.kubernetes().forEach(kind -> watched.add(new Watched(kind, watch(service(settings, kind), failed))));
    }

    static DiscoverySettings.Service service(DiscoverySettings settings, Target.Kind kind) {
        return kind == Target.Kind.APISERVER ? API_SERVERS : settings.dnsService();
    }

    private SharedIndexInformer<EndpointSlice> watch(DiscoverySettings.Service service, Consumer<String> failed) {
        SharedIndexInformer<EndpointSlice> informer = client.discovery()
                .v1()
                .endpointSlices()
                .inNamespace(service.namespace())
                .withLabel(SERVICE_LABEL, service.name())
                .runnableInformer(0);
        informer.exceptionHandler((started, failure) -> {
            failed.accept("the EndpointSlices of " + service + " cannot be watched: " + failure.getMessage());
            return true;
        });
        var unused = informer.start();
        return informer;
    }

    /** @return whether all that is known is up to date */
    boolean current() {
        return watched.stream()
                .allMatch(each -> each.slices().hasSynced() && each.slices().isWatching());
    }

    /** @return what the slices list now, in no particular order; empty before the first answer */
    List<Target> targets() {
        return watched.stream()
                .flatMap(each -> targets(each.kind(), each.slices().getStore().list()).stream())
                .toList();
    }

    /** A server that has addresses of two families appears in two slices, and is scraped at the first of them. */
    private List<Target> targets(Target.Kind kind, List<EndpointSlice> slices) {
        var targets = new ArrayList<Target>();
        slices.stream()
                .sorted(Comparator.comparing(EndpointSlice::getAddressType))
                .forEach(slice -> port(kind, slice).ifPresent(port -> slice.getEndpoints()
                        .forEach(endpoint -> target(kind, endpoint, port).ifPresent(targets::add))));
        return targets;
    }

    private Optional<Integer> port(Target.Kind kind, EndpointSlice slice) {
        String wanted = kind == Target.Kind.APISERVER ? API_SERVER_PORT : settings.dnsPort();
        if (wanted.chars().allMatch(Character::isDigit)) {
            return Optional.of(Integer.valueOf(wanted));
        }
        return slice.getPorts().stream()
                .filter(port -> wanted.equals(port.getName()))
                .map(EndpointPort::getPort)
                .findFirst();
    }

    private Optional<Target> target(Target.Kind kind, Endpoint endpoint, int port) {
        if (endpoint.getAddresses().isEmpty()) {
            return Optional.empty();
        }
        String address = endpoint.getAddresses().get(0);
        String hostAndPort = (address.contains(":") ? "[" + address + "]" : address) + ":" + port;
        String scheme = kind == Target.Kind.APISERVER ? "https" : "http";
        String name =
                endpoint.getTargetRef() == null ? null : endpoint.getTargetRef().getName();
        return Optional.of(new Target(
                kind,
                cluster,
                name == null ? hostAndPort : name,
                URI.create(scheme + "://" + hostAndPort + "/metrics"),
                false));
    }

    @Override
    public void close() {
        watched.forEach(each -> each.slices().stop());
        client.close();
    }
}
