package dev.andon.connect.controlplane;

import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.api.model.authorization.v1.SubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A real Kubernetes control plane with hollow nodes, on free ports of loopback; all of it is gone when it is closed. */
public final class ControlPlane implements AutoCloseable {
    /** Nodes that it has, {@code node-1} and so on. */
    public static final int NODES = 4;

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** What its programs say, kept for whoever wants to know why a test failed. */
    private static final Path LOGS = Path.of("target", "kubernetes-logs");

    private final Path folder;
    private final Ports ports = Ports.free();
    private final Credentials credentials;
    private final CommandLines commands;
    private final List<GuardedProcess> processes = new ArrayList<>();
    private final KubernetesClient client;
    private final AtomicInteger namespaces = new AtomicInteger();
    private GuardedProcess apiserver;

    private ControlPlane(Programs programs) throws IOException, GeneralSecurityException {
        // Short: a node's socket is in it, and the path of a socket has at most 107 characters.
        folder = Files.createTempDirectory("andon-kube");
        delete(LOGS);
        Files.createDirectories(LOGS);
        credentials = new Credentials(folder, ports);
        commands = new CommandLines(programs, folder, ports, credentials);
        processes.add(start("etcd", commands.etcd()));
        apiserver = start("apiserver", commands.apiserver());
        awaitFile(credentials.ca());
        client = clientWith(credentials.token(Credentials.ADMIN));
    }

    /** Starts all of it and returns when every node is ready. */
    static ControlPlane start(Programs programs) throws IOException, GeneralSecurityException {
        ControlPlane plane = new ControlPlane(programs);
        try {
            plane.awaitApiserver();
            plane.startTheRest();
            return plane;
        } catch (RuntimeException | Error e) {
            plane.close();
            throw e;
        }
    }

    private void startTheRest() throws IOException {
        processes.add(start("controllers", commands.controllers()));
        processes.add(start("scheduler", commands.scheduler()));
        for (String node : nodes()) {
            processes.add(start(node, commands.node(node)));
        }
        for (String node : nodes()) {
            client.nodes()
                    .withName(node)
                    .waitUntilCondition(ControlPlane::isReady, PATIENCE.toSeconds(), TimeUnit.SECONDS);
        }
    }

    private static boolean isReady(@Nullable Node node) {
        return node != null
                && node.getStatus().getConditions().stream()
                        .anyMatch(condition -> condition.getType().equals("Ready")
                                && condition.getStatus().equals("True"));
    }

    private GuardedProcess start(String name, List<String> command) throws IOException {
        Path own = Files.createDirectories(folder.resolve(name));
        return GuardedProcess.start(
                LOGS.resolve(name + ".log"), command, Map.of("TMPDIR", own.toString(), "HOME", own.toString()));
    }

    /** The names of its nodes. */
    public List<String> nodes() {
        return IntStream.rangeClosed(1, NODES).mapToObj(i -> "node-" + i).toList();
    }

    public URI uri() {
        return URI.create("https://127.0.0.1:" + ports.apiserver());
    }

    /** PEM file of the authority that signs the apiserver's certificate. */
    public Path ca() {
        return credentials.ca();
    }

    /** The port to which the apiserver sends its audit events, below {@code /v1/audit/real/api-1}. */
    public int auditPort() {
        return ports.audit();
    }

    /** A client with all rights, which tries again while the apiserver is away. */
    public KubernetesClient client() {
        return client;
    }

    /** A client with the rights of this service account, which must exist. */
    public KubernetesClient clientOf(String namespace, String serviceAccount) {
        return clientWith(token(namespace, serviceAccount));
    }

    private KubernetesClient clientWith(String token) {
        Config config = new ConfigBuilder(Config.empty())
                .withMasterUrl(uri().toString())
                .withCaCertFile(ca().toString())
                .withOauthToken(token)
                .build();
        return new KubernetesClientBuilder().withConfig(config).build();
    }

    /** A namespace that no other test uses, named after the given word. */
    public String namespace(String word) {
        String name = word + "-" + namespaces.incrementAndGet();
        ensureNamespace(name);
        return name;
    }

    public void ensureNamespace(String name) {
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .endMetadata()
                        .build())
                .serverSideApply();
    }

    /** Deletes a namespace and all that is in it, and does not wait for it. */
    public void forget(String namespace) {
        client.namespaces().withName(namespace).delete();
    }

    /** Gives a node a label without a value. */
    public void label(String node, String label) {
        client.nodes().withName(node).edit(found -> new NodeBuilder(found)
                .editMetadata()
                .addToLabels(label, "")
                .endMetadata()
                .build());
    }

    /** What a manifest holds. */
    List<HasMetadata> load(String yaml) {
        return client.load(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)))
                .items();
    }

    /** Applies a manifest, as {@code kubectl apply --server-side} would. */
    public void apply(String yaml) {
        apply(load(yaml));
    }

    void apply(List<HasMetadata> objects) {
        objects.forEach(object -> client.resource(object).forceConflicts().serverSideApply());
    }

    /** Waits until the apiserver knows that this service account of the namespace andon may do this. */
    public void awaitRight(String account, String verb, String group, String resource) {
        var review = new SubjectAccessReviewBuilder()
                .withNewSpec()
                .withUser("system:serviceaccount:andon:" + account)
                .withNewResourceAttributes()
                .withVerb(verb)
                .withGroup(group)
                .withResource(resource)
                .endResourceAttributes()
                .endSpec()
                .build();
        await("right to " + verb + " " + resource)
                .atMost(PATIENCE)
                .until(() -> client.resource(review).create().getStatus().getAllowed());
    }

    /** A token of this service account, which must exist, in a file as a pod would have it. */
    public Path tokenFile(String namespace, String serviceAccount) throws IOException {
        return Files.writeString(
                folder.resolve(namespace + "-" + serviceAccount + ".token"), token(namespace, serviceAccount));
    }

    private String token(String namespace, String serviceAccount) {
        return client.serviceAccounts()
                .inNamespace(namespace)
                .withName(serviceAccount)
                .tokenRequest(new TokenRequestBuilder().withNewSpec().endSpec().build())
                .getStatus()
                .getToken();
    }

    /** kill -9; returns when it is gone. */
    public void killApiserver() {
        apiserver.kill();
    }

    /** Starts it again on the port that it had, and returns when it says that it is ready. */
    public void restartApiserver() throws IOException {
        apiserver.close();
        apiserver = start("apiserver", commands.apiserver());
        awaitApiserver();
    }

    private void awaitApiserver() {
        await("apiserver").atMost(PATIENCE).pollInterval(Duration.ofMillis(100)).until(() -> {
            failWhenGone(apiserver);
            try {
                return "ok".equals(client.raw("/readyz"));
            } catch (RuntimeException notYet) {
                return false;
            }
        });
    }

    private void awaitFile(Path file) {
        await(file.toString())
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> {
                    failWhenGone(apiserver);
                    return Files.exists(file) && Files.size(file) > 0;
                });
    }

    private static void failWhenGone(GuardedProcess process) {
        if (!process.isRunning()) {
            throw new IllegalStateException("the apiserver ended: " + process.lastWords());
        }
    }

    @Override
    public void close() {
        if (client != null) {
            client.close();
        }
        apiserver.close();
        processes.forEach(GuardedProcess::close);
        delete(folder);
    }

    private static void delete(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
