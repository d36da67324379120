package dev.andon.connect.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.andon.connect.controlplane.ControlPlane;
import dev.andon.connect.controlplane.ControlPlaneExtension;
import dev.andon.connect.controlplane.CustomResources;
import dev.andon.connect.controlplane.Gates;
import dev.andon.connect.controlplane.Manifests;
import dev.andon.connect.controlplane.Workloads;
import dev.andon.connect.controlplane.Workloads.Kind;
import dev.andon.connect.intake.RunningTask;
import dev.andon.schema.ClusterInfo;
import dev.andon.schema.Phase;
import dev.andon.schema.RolloutEvent;
import dev.andon.schema.SingleObjectSerde;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigValue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Watches real rollouts, with no more rights than the shipped manifest gives. */
@Tag("kubernetes")
@ExtendWith(ControlPlaneExtension.class)
@Timeout(240)
class RolloutWatchIT {
    private static final String OLD = "app:1";
    private static final String NEW = "app:2";

    private final ControlPlane plane;
    private final String namespace;
    private final Workloads workloads;
    private final Gates gates;
    private final Map<String, String> options;
    private final List<AutoCloseable> started = new ArrayList<>();

    RolloutWatchIT(ControlPlane plane) throws Exception {
        this.plane = plane;
        namespace = plane.namespace("watch");
        workloads = new Workloads(plane, namespace);
        gates = new Gates(plane, namespace);
        Manifests.apply(plane, "kubernetes-watch-rbac.yaml");
        plane.awaitRight("andon-watch", "watch", "apps", "daemonsets");
        options = new HashMap<>(Map.of(
                "cluster", "real",
                "kubernetes.url", plane.uri().toString(),
                "bearer.token.file", plane.tokenFile("andon", "andon-watch").toString(),
                "tls.ca.file", plane.ca().toString(),
                "namespaces", namespace));
    }

    @AfterEach
    void stop() throws Exception {
        for (AutoCloseable each : started) {
            each.close();
        }
        gates.close();
        plane.forget(namespace);
    }

    @Test
    void tellsRolloutsFromStartToEndThoughTheApiserverIsKilledInBetween() throws Exception {
        RunningTask task = watch("Deployment,StatefulSet,DaemonSet,ConfigMap");
        gates.open(OLD);
        for (Kind kind : Kind.values()) {
            workloads.spread(kind, name(kind), OLD);
        }
        for (Kind kind : Kind.values()) {
            workloads.awaitDone(kind, name(kind));
            awaitCompleted(task, kind, 1);
            workloads.spread(kind, name(kind), NEW);
        }
        for (Kind kind : Kind.values()) {
            workloads.awaitUpdated(kind, name(kind), 1);
            await().until(() -> covers(task, name(kind), 1));
        }
        int before = events(task).size();

        plane.killApiserver();
        plane.restartApiserver();
        // Until it has come back to its watches nothing could be invented either; what is next shows that it has.
        gates.open(NEW);
        for (Kind kind : Kind.values()) {
            workloads.awaitDone(kind, name(kind));
            awaitCompleted(task, kind, 2);
        }

        for (Kind kind : Kind.values()) {
            List<RolloutEvent> told = of(task, kind);
            List<String> ids =
                    told.stream().map(RolloutEvent::getRolloutId).distinct().toList();
            assertThat(ids).as(kind.kind()).hasSize(2);
            for (String id : ids) {
                isOneWholeRollout(
                        kind,
                        told.stream()
                                .filter(event -> event.getRolloutId().equals(id))
                                .toList());
            }
        }
        assertThat(events(task).subList(before, events(task).size()))
                .as("told after the outage")
                .noneMatch(event -> event.getPhase() == Phase.STARTED);
    }

    @Test
    void tellsThatARolloutWasTakenBack() throws Exception {
        RunningTask task = watch("Deployment");
        gates.open(OLD);
        workloads.spread(Kind.DEPLOYMENT, "web", OLD);
        workloads.awaitDone(Kind.DEPLOYMENT, "web");
        workloads.spread(Kind.DEPLOYMENT, "web", NEW);
        workloads.awaitUpdated(Kind.DEPLOYMENT, "web", 1);
        workloads.spread(Kind.DEPLOYMENT, "web", OLD);
        await().untilAsserted(() -> assertThat(last(task, "web").getPhase()).isEqualTo(Phase.ROLLED_BACK));
        String blamed = last(task, "web").getRolloutId();

        assertThat(of(task, "web"))
                .filteredOn(event -> event.getRolloutId().equals(blamed))
                .extracting(RolloutEvent::getPhase)
                .startsWith(Phase.STARTED)
                .endsWith(Phase.ROLLED_BACK);
    }

    @Test
    void tellsTheCourseOfArgosRolloutsAndFlaggersCanaries() throws Exception {
        try (CustomResources rollouts = new CustomResources(plane, namespace, CustomResources.Kind.ROLLOUT);
                CustomResources canaries = new CustomResources(plane, namespace, CustomResources.Kind.CANARY)) {
            RunningTask task = watch("Rollout,Canary");
            rollouts.upTo(4);
            canaries.upTo(40);
            rollouts.create("argo");
            canaries.create("flagger");
            await().until(() -> covers(task, "argo", 4) && covers(task, "flagger", 40));
            rollouts.upTo(10);
            canaries.upTo(100);

            await().untilAsserted(() -> assertThat(List.of(
                            last(task, "argo").getPhase(), last(task, "flagger").getPhase()))
                    .containsOnly(Phase.COMPLETED));
            assertThat(of(task, "argo"))
                    .extracting(RolloutEvent::getUpdated)
                    .isSorted()
                    .endsWith(10L);
            assertThat(of(task, "flagger"))
                    .extracting(RolloutEvent::getUpdated)
                    .isSorted()
                    .endsWith(100L);
            assertThat(last(task, "argo").getController().getType()).isEqualTo("argo-rollouts");
            assertThat(last(task, "flagger").getController().getType()).isEqualTo("flagger");
        }
    }

    @Test
    void tellsOfItsNodesAndDnsCachesWithTheRightsForNothingElse() throws Exception {
        plane.apply("""
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: coredns, namespace: kube-system}
                data:
                  Corefile: |
                    .:53 {
                        kubernetes cluster.local
                        forward . /etc/resolv.conf
                        cache 30 {
                            serve_stale 20m
                        }
                    }
                """);
        plane.apply(FACTS_ALONE);
        plane.awaitRight("andon-facts", "list", "", "nodes");
        options.put("bearer.token.file", plane.tokenFile("andon", "andon-facts").toString());
        RunningTask task = watch("Deployment");
        await().atMost(Duration.ofSeconds(60))
                .until(() -> !task.written("andon.clusters").isEmpty());
        ClusterInfo info = new SingleObjectSerde<>(ClusterInfo.class)
                .decode((byte[]) task.written("andon.clusters").get(0).value());

        assertThat(info.getCluster()).isEqualTo("real");
        assertThat(info.getNodes()).isEqualTo(plane.nodes().size());
        assertThat(info.getDnsCacheSeconds()).isEqualTo(1230);
        assertThat(task.totals()).doesNotContainKey("rejected-total{reason=bad_corefile}");
    }

    /** An account with the role for Corefiles of the manifest, and one that can only count nodes. */
    private static final String FACTS_ALONE = """
            apiVersion: v1
            kind: ServiceAccount
            metadata: {name: andon-facts, namespace: andon}
            ---
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRole
            metadata: {name: andon-facts}
            rules: [{apiGroups: [""], resources: ["nodes"], verbs: ["list"]}]
            ---
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRoleBinding
            metadata: {name: andon-facts}
            roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: andon-facts}
            subjects: [{kind: ServiceAccount, name: andon-facts, namespace: andon}]
            ---
            apiVersion: rbac.authorization.k8s.io/v1
            kind: RoleBinding
            metadata: {name: andon-facts, namespace: kube-system}
            roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: andon-watch-dns}
            subjects: [{kind: ServiceAccount, name: andon-facts, namespace: andon}]
            """;

    @Test
    void asksTheApiserverWhenItIsSetUp() {
        assertThat(problems(Map.of())).isEmpty();
        assertThat(problems(Map.of("bearer.token.file", "", "bearer.token", "wrong")))
                .containsExactly("the API server answers 401; check the token and its rights");
        assertThat(problems(Map.of("bearer.token.file", plane.ca().toString())))
                .singleElement()
                .asString()
                .endsWith("does not hold a token: a single line without blanks");
        assertThat(problems(Map.of("tls.ca.file", "")))
                .singleElement()
                .asString()
                .contains("does not answer within");
    }

    private List<String> problems(Map<String, String> changed) {
        Map<String, String> all = new HashMap<>(options);
        all.putAll(changed);
        all.values().removeIf(String::isEmpty);
        return new KubernetesWatchSourceConnector()
                .validate(all).configValues().stream()
                        .map(ConfigValue::errorMessages)
                        .flatMap(List::stream)
                        .toList();
    }

    private RunningTask watch(String kinds) {
        Map<String, String> all = new HashMap<>(options);
        all.put("kinds", kinds);
        RunningTask task = new RunningTask(new KubernetesWatchSourceTask(), all);
        started.add(task);
        return task;
    }

    private static String name(Kind kind) {
        return "a-" + kind.kind().toLowerCase(java.util.Locale.ROOT);
    }

    private void awaitCompleted(RunningTask task, Kind kind, int rollouts) {
        await(kind + " completed").atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(of(task, kind))
                .extracting(RolloutEvent::getPhase)
                .filteredOn(phase -> phase == Phase.COMPLETED)
                .as(of(task, kind).toString())
                .hasSize(rollouts));
    }

    /** Begins, covers more and more, and ends with all covered; nothing twice, nothing left out. */
    private void isOneWholeRollout(Kind kind, List<RolloutEvent> told) {
        List<Phase> phases = new ArrayList<>();
        for (RolloutEvent event : told) {
            if (phases.isEmpty() || phases.get(phases.size() - 1) != event.getPhase()) {
                phases.add(event.getPhase());
            }
            assertThat(event.getIdentity()).isEqualTo("system:serviceaccount:" + namespace + ":" + name(kind));
            assertThat(event.getController().getType()).isEqualTo("kubernetes");
        }
        assertThat(phases).as(told.toString()).containsExactly(Phase.STARTED, Phase.PROGRESSING, Phase.COMPLETED);
        assertThat(told.stream().map(RolloutEvent::getUpdated).filter(updated -> updated != null))
                .as(kind.kind())
                .isSorted()
                .endsWith((long) kind.total());
    }

    private static boolean covers(RunningTask task, String name, long updated) {
        List<RolloutEvent> told = of(task, name);
        Long last = told.isEmpty() ? null : told.get(told.size() - 1).getUpdated();
        return last != null && last == updated;
    }

    private static RolloutEvent last(RunningTask task, String name) {
        List<RolloutEvent> told = of(task, name);
        assertThat(told).as("told of " + name).isNotEmpty();
        return told.get(told.size() - 1);
    }

    private static List<RolloutEvent> of(RunningTask task, Kind kind) {
        return of(task, name(kind));
    }

    private static List<RolloutEvent> of(RunningTask task, String name) {
        return events(task).stream()
                .filter(event -> event.getWorkload().getName().equals(name))
                .toList();
    }

    private static List<RolloutEvent> events(RunningTask task) {
        SingleObjectSerde<RolloutEvent> serde = new SingleObjectSerde<>(RolloutEvent.class);
        return task.written("andon.rollouts").stream()
                .map(record -> serde.decode((byte[]) record.value()))
                .toList();
    }
}
