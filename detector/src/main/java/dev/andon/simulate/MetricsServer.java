package dev.andon.simulate;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** Serves the pages of simulated servers on the loopback interface, in text or protobuf as the request asks. */
final class MetricsServer implements AutoCloseable {
    private static final int THREADS = 4;
    private static final int SECONDS_TO_FINISH = 0;

    private final HttpServer server;
    private final ExecutorService workers;
    private final List<Endpoint> endpoints = new ArrayList<>();

    private MetricsServer(HttpServer server) {
        this.server = server;
        this.workers = Executors.newFixedThreadPool(THREADS, task -> {
            Thread thread = new Thread(task, "simulated-metrics");
            thread.setDaemon(true);
            return thread;
        });
        server.setExecutor(workers);
    }

    /** @throws IOException when no port can be opened on the loopback interface */
    static MetricsServer open(List<LiveCluster> clusters, long seed) throws IOException {
        MetricsServer metrics =
                new MetricsServer(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64));
        for (LiveCluster cluster : clusters) metrics.add(cluster, seed);
        metrics.server.start();
        return metrics;
    }

    List<Endpoint> endpoints() {
        return List.copyOf(endpoints);
    }

    private void add(LiveCluster cluster, long seed) {
        ClusterSpec spec = cluster.spec();
        for (int i = 0; i < spec.instances(); i++) {
            int instance = i;
            String name = spec.instanceName(i);
            int resources = spec.nodes() < 200 ? 6 : spec.nodes() < 1_500 ? 12 : 24;
            Map<Exposition, byte[]> backdrop = new EnumMap<>(Exposition.class);
            for (Exposition format : Exposition.values()) {
                backdrop.put(format, format.render(Backdrop.of(seed, spec.name() + name, resources)));
            }
            serve(Endpoint.Kind.APISERVER, spec.name(), name, format -> cluster.apiserverPage(instance, format)
                    .map(page -> join(page, backdrop.getOrDefault(format, new byte[0]))));
        }
        for (int i = 0; i < spec.dnsServers(); i++) {
            String name = spec.dnsServerName(i);
            serve(Endpoint.Kind.DNS, spec.name(), name, format -> cluster.resolverPage(name, format));
        }
        serve(
                Endpoint.Kind.DNS_CLIENTS,
                spec.name(),
                DnsTraffic.WORKLOADS,
                format -> cluster.resolverPage(DnsTraffic.WORKLOADS, format));
    }

    private static byte[] join(byte[] one, byte[] other) {
        byte[] both = java.util.Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }

    private void serve(
            Endpoint.Kind kind, String cluster, String instance, Function<Exposition, Optional<byte[]>> page) {
        String path = "/" + cluster + "/" + instance + "/metrics";
        server.createContext(path, exchange -> answer(exchange, page));
        InetSocketAddress address = server.getAddress();
        URI url = URI.create("http://" + address.getAddress().getHostAddress() + ":" + address.getPort() + path);
        endpoints.add(new Endpoint(cluster, kind, instance, url));
    }

    private static void answer(HttpExchange exchange, Function<Exposition, Optional<byte[]>> page) throws IOException {
        try (exchange) {
            if (!exchange.getRequestMethod().equals("GET")) {
                exchange.getResponseHeaders().set("Allow", "GET");
                exchange.sendResponseHeaders(405, -1);
                return;
            }
            String accept = Optional.ofNullable(exchange.getRequestHeaders().getFirst("Accept"))
                    .orElse("");
            Exposition format = Exposition.preferred(accept);
            Optional<byte[]> body = page.apply(format);
            if (body.isEmpty()) {
                exchange.sendResponseHeaders(503, -1);
                return;
            }
            exchange.getResponseHeaders().set("Content-Type", format.contentType());
            exchange.sendResponseHeaders(200, body.get().length);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(body.get());
            }
        }
    }

    @Override
    public void close() {
        server.stop(SECONDS_TO_FINISH);
        workers.shutdownNow();
    }
}
