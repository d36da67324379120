package dev.andon.connect.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.andon.connect.controlplane.ControlPlane;
import dev.andon.connect.controlplane.ControlPlaneExtension;
import dev.andon.connect.controlplane.CustomResources;
import dev.andon.connect.controlplane.Gates;
import dev.andon.connect.controlplane.Manifests;
import dev.andon.connect.controlplane.Workloads;
import dev.andon.connect.controlplane.Workloads.Kind;
import dev.andon.connect.intake.RunningTask;
import dev.andon.connect.watch.KubernetesWatchSourceTask;
import dev.andon.schema.Phase;
import dev.andon.schema.RolloutEvent;
import dev.andon.schema.SingleObjectSerde;
import dev.andon.schema.Workload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Halts on a real control plane, with no more rights than the shipped manifest gives. Beside each workload that is halted
 * goes a twin that is not: once the twin has come to its end, the halted one had all the time that it needed to go on.
 */
@Tag("kubernetes")
@ExtendWith(ControlPlaneExtension.class)
@Timeout(180)
class HaltIT {
    private static final String OLD = "app:1";
    private static final String NEW = "app:2";

    private final ControlPlane plane;
    private final String namespace;
    private final Workloads workloads;
    private final Gates gates;
    private final RunningSink sink;
    private final RunningTask watch;

    HaltIT(ControlPlane plane) throws Exception {
        this.plane = plane;
        namespace = plane.namespace("halt");
        workloads = new Workloads(plane, namespace);
        gates = new Gates(plane, namespace);
        Manifests.apply(plane, "kubernetes-rbac.yaml");
        Manifests.apply(plane, "kubernetes-watch-rbac.yaml");
        plane.awaitRight("andon", "patch", "apps", "daemonsets");
        plane.awaitRight("andon-watch", "watch", "apps", "daemonsets");
        sink = new RunningSink(plane, plane.tokenFile("andon", "andon"), Map.of());
        watch = new RunningTask(
                new KubernetesWatchSourceTask(),
                Map.of(
                        "cluster", "real",
                        "kubernetes.url", plane.uri().toString(),
                        "bearer.token.file",
                                plane.tokenFile("andon", "andon-watch").toString(),
                        "tls.ca.file", plane.ca().toString(),
                        "namespaces", namespace));
    }

    @BeforeEach
    void oldPodsAreReady() {
        gates.open(OLD);
    }

    @AfterEach
    void stop() {
        sink.close();
        watch.close();
        gates.close();
        plane.forget(namespace);
    }

    @ParameterizedTest
    @EnumSource
    void stopsARolloutHalfWayAndLetsItGoOnWhenItIsCleared(Kind kind) {
        for (String name : new String[] {"web", "twin"}) {
            workloads.spread(kind, name, OLD);
        }
        for (String name : new String[] {"web", "twin"}) {
            workloads.awaitDone(kind, name);
            workloads.spread(kind, name, NEW);
        }
        workloads.awaitUpdated(kind, "web", 1);
        JsonNode before = workloads.get(kind, "web");

        halt(kind);
        gates.open(NEW);
        workloads.awaitDone(kind, "twin");

        JsonNode halted = workloads.get(kind, "web");
        assertThat(Workloads.updated(kind, halted)).isEqualTo(1);
        assertThat(workloads.pods("web", NEW)).hasSize(1);

        sink.clear("web@2");
        sink.awaitCleared("web@2");
        givenBack(before, workloads.get(kind, "web"));
        workloads.awaitDone(kind, "web");
        assertThat(workloads.pods("web", OLD)).isEmpty();
        await().untilAsserted(() -> assertThat(told())
                .as("what the watch tells of it")
                .endsWith(Phase.STARTED, Phase.PROGRESSING, Phase.PAUSED, Phase.PROGRESSING, Phase.COMPLETED));
        assertThat(rolloutsTold()).isEqualTo(2);
    }

    @Test
    void takesTheFirstRolloutOfADaemonSetOffItsNodesAndKeepsItOffTheOthers() {
        String ring = namespace + "/ring";
        plane.label("node-1", ring);
        plane.label("node-2", ring);
        for (String name : new String[] {"web", "twin"}) {
            workloads.spread(Kind.DAEMON_SET, name, OLD, "nodeSelector: {" + ring + ": \"\"},");
            workloads.awaitUpdated(Kind.DAEMON_SET, name, 2);
        }
        JsonNode before = workloads.get(Kind.DAEMON_SET, "web");

        halt(Kind.DAEMON_SET);
        plane.nodes().forEach(node -> plane.label(node, ring));
        workloads.awaitDone(Kind.DAEMON_SET, "twin");

        await().atMost(Duration.ofSeconds(30))
                .until(() -> workloads.pods("web", OLD).isEmpty());
        assertThat(workloads
                        .get(Kind.DAEMON_SET, "web")
                        .at("/status/desiredNumberScheduled")
                        .asInt())
                .isZero();

        sink.clear("web@2");
        sink.awaitCleared("web@2");
        givenBack(before, workloads.get(Kind.DAEMON_SET, "web"));
        workloads.awaitDone(Kind.DAEMON_SET, "web");
        assertThat(rolloutsTold()).as("a halt is no rollout").isEqualTo(1);
    }

    @Test
    void keepsAStatefulSetThatComesUpAtTheSizeThatItHas() {
        for (String name : new String[] {"web", "twin"}) {
            workloads.spread(Kind.STATEFUL_SET, name, NEW);
        }
        workloads.awaitUpdated(Kind.STATEFUL_SET, "web", 1);
        JsonNode before = workloads.get(Kind.STATEFUL_SET, "web");

        halt(Kind.STATEFUL_SET);
        gates.open(NEW);
        workloads.awaitDone(Kind.STATEFUL_SET, "twin");

        assertThat(workloads.pods("web", NEW)).hasSize(1);

        sink.clear("web@2");
        sink.awaitCleared("web@2");
        givenBack(before, workloads.get(Kind.STATEFUL_SET, "web"));
        workloads.awaitDone(Kind.STATEFUL_SET, "web");
        await().untilAsserted(() -> assertThat(told())
                .containsExactly(Phase.STARTED, Phase.PROGRESSING, Phase.PAUSED, Phase.PROGRESSING, Phase.COMPLETED));
        assertThat(rolloutsTold()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void stopsWhatHasAControllerOfItsOwn(CustomResources.Kind kind) {
        try (CustomResources resources = new CustomResources(plane, namespace, kind)) {
            int half = kind.total() / 2;
            resources.upTo(half);
            resources.create("web");
            resources.create("twin");
            resources.awaitCoverage("web", half);
            JsonNode before = resources.get("web");
            sink.knows(
                    "web@2",
                    new Workload(kind.kind(), namespace, "web"),
                    kind == CustomResources.Kind.ROLLOUT ? "argo-rollouts" : "flagger");

            sink.halt("web@2");
            sink.awaitVerified("web@2");
            resources.upTo(kind.total());
            resources.awaitCoverage("twin", kind.total());

            assertThat(resources.coverage("web")).isEqualTo(half);

            sink.clear("web@2");
            sink.awaitCleared("web@2");
            givenBack(before, resources.get("web"));
            resources.awaitCoverage("web", kind.total());
        }
    }

    private void halt(Kind kind) {
        sink.knows("web@2", new Workload(kind.kind(), namespace, "web"), "kubernetes");
        sink.halt("web@2");
        sink.awaitVerified("web@2");
    }

    private static void givenBack(JsonNode before, JsonNode now) {
        assertThat(now.path("spec")).isEqualTo(before.path("spec"));
        assertThat(now.at("/metadata/annotations").has(Halted.ANNOTATION)).isFalse();
    }

    /** Phases that the watch told of the halted workload, each once as long as it lasts. */
    private List<Phase> told() {
        List<Phase> phases = new ArrayList<>();
        for (RolloutEvent event : events()) {
            if (phases.isEmpty() || phases.get(phases.size() - 1) != event.getPhase()) {
                phases.add(event.getPhase());
            }
        }
        return phases;
    }

    private long rolloutsTold() {
        return events().stream().map(RolloutEvent::getRolloutId).distinct().count();
    }

    private List<RolloutEvent> events() {
        SingleObjectSerde<RolloutEvent> serde = new SingleObjectSerde<>(RolloutEvent.class);
        return watch.written("andon.rollouts").stream()
                .map(record -> serde.decode((byte[]) record.value()))
                .filter(event -> event.getWorkload().getName().equals("web"))
                .toList();
    }
}
