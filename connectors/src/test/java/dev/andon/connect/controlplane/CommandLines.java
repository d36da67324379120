package dev.andon.connect.controlplane;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** How each program is started. */
final class CommandLines {
    /** That of docs/reference/audit.md, less a field that this old version does not know. */
    private static final String AUDIT_POLICY = """
            apiVersion: audit.k8s.io/v1
            kind: Policy
            omitStages: ["RequestReceived", "ResponseStarted"]
            rules:
              - level: None
                verbs: ["watch"]
              - level: None
                nonResourceURLs: ["*"]
              - level: Metadata
            """;

    private final Programs programs;
    private final Path folder;
    private final Ports ports;
    private final Credentials credentials;

    CommandLines(Programs programs, Path folder, Ports ports, Credentials credentials) throws IOException {
        this.programs = programs;
        this.folder = folder;
        this.ports = ports;
        this.credentials = credentials;
        Files.writeString(folder.resolve("audit-policy.yaml"), AUDIT_POLICY);
        // Over plain HTTP an apiserver shows no token, whatever stands here.
        Files.writeString(folder.resolve("audit-webhook.yaml"), """
                        apiVersion: v1
                        kind: Config
                        current-context: it
                        contexts: [{name: it, context: {cluster: it, user: it}}]
                        clusters: [{name: it, cluster: {server: "http://127.0.0.1:%d/v1/audit/real/api-1"}}]
                        users: [{name: it}]
                        """.formatted(ports.audit()));
    }

    List<String> etcd() {
        String clients = "http://127.0.0.1:" + ports.etcd();
        String peers = "http://127.0.0.1:" + ports.etcdPeers();
        return List.of(
                programs.path("etcd"),
                "--data-dir=" + folder.resolve("etcd"),
                "--listen-client-urls=" + clients,
                "--advertise-client-urls=" + clients,
                "--listen-peer-urls=" + peers,
                "--initial-advertise-peer-urls=" + peers,
                "--initial-cluster=default=" + peers);
    }

    List<String> apiserver() {
        return List.of(
                programs.path("kube-apiserver"),
                "--etcd-servers=http://127.0.0.1:" + ports.etcd(),
                "--bind-address=127.0.0.1",
                "--advertise-address=127.0.0.1",
                // Its own address as an endpoint must not be of loopback; nothing here asks for it.
                "--endpoint-reconciler-type=none",
                "--secure-port=" + ports.apiserver(),
                "--cert-dir=" + credentials.tls(),
                "--token-auth-file=" + credentials.tokens(),
                "--authorization-mode=RBAC",
                "--service-account-issuer=https://kubernetes.default.svc",
                "--service-account-signing-key-file=" + credentials.signingKey(),
                "--service-account-key-file=" + credentials.verifyingKey(),
                "--service-cluster-ip-range=10.0.0.0/24",
                // Pods need no tokens: nothing runs in them.
                "--disable-admission-plugins=ServiceAccount",
                "--audit-policy-file=" + folder.resolve("audit-policy.yaml"),
                "--audit-webhook-config-file=" + folder.resolve("audit-webhook.yaml"),
                "--audit-webhook-batch-max-wait=200ms",
                "--audit-webhook-initial-backoff=200ms");
    }

    List<String> controllers() {
        return List.of(
                programs.path("kube-controller-manager"),
                "--kubeconfig=" + credentials.kubeconfig(Credentials.CONTROLLERS),
                "--controllers=daemonset,deployment,replicaset,statefulset,nodelifecycle,garbagecollector,namespace,podgc",
                "--leader-elect=false",
                "--port=0",
                "--secure-port=0",
                "--kube-api-qps=200",
                "--kube-api-burst=400");
    }

    List<String> scheduler() {
        return List.of(
                programs.path("kube-scheduler"),
                "--kubeconfig=" + credentials.kubeconfig(Credentials.SCHEDULER),
                "--leader-elect=false",
                "--port=0",
                "--secure-port=0");
    }

    List<String> node(String name) {
        return List.of(
                programs.path("kubemark"),
                "--morph=kubelet",
                "--name=" + name,
                "--kubeconfig=" + credentials.kubeconfig(Credentials.NODES),
                "--kubelet-port=0",
                "--kubelet-read-only-port=0");
    }
}
