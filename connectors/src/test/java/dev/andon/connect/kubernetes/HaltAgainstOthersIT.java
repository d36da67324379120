package dev.andon.connect.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.andon.connect.controlplane.ControlPlane;
import dev.andon.connect.controlplane.ControlPlaneExtension;
import dev.andon.connect.controlplane.Gates;
import dev.andon.connect.controlplane.Manifests;
import dev.andon.connect.controlplane.Reverting;
import dev.andon.connect.controlplane.Workloads;
import dev.andon.connect.controlplane.Workloads.Kind;
import dev.andon.schema.Delivery;
import dev.andon.schema.DeliveryStatus;
import dev.andon.schema.Workload;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** A halt that somebody undoes, and one whose apiserver is killed. */
@Tag("kubernetes")
@ExtendWith(ControlPlaneExtension.class)
@Timeout(180)
class HaltAgainstOthersIT {
    private final ControlPlane plane;
    private final String namespace;
    private final Workloads workloads;
    private final Gates gates;
    private final RunningSink sink;

    HaltAgainstOthersIT(ControlPlane plane) throws Exception {
        this.plane = plane;
        namespace = plane.namespace("against");
        workloads = new Workloads(plane, namespace);
        gates = new Gates(plane, namespace);
        Manifests.apply(plane, "kubernetes-rbac.yaml");
        sink = new RunningSink(
                plane,
                plane.tokenFile("andon", "andon"),
                Map.of(
                        "reassert.ms",
                        "500",
                        "connect.timeout.ms",
                        "2000",
                        "request.timeout.ms",
                        "2000",
                        "retry.backoff.max.ms",
                        "1000"));
    }

    @BeforeEach
    void aRolloutIsHalfWay() {
        gates.open("app:1");
        workloads.spread(Kind.DEPLOYMENT, "web", "app:1");
        workloads.awaitDone(Kind.DEPLOYMENT, "web");
        workloads.spread(Kind.DEPLOYMENT, "web", "app:2");
        workloads.awaitUpdated(Kind.DEPLOYMENT, "web", 1);
        sink.knows("web@2", new Workload("Deployment", namespace, "web"), "kubernetes");
    }

    @AfterEach
    void stop() {
        sink.close();
        gates.close();
        plane.forget(namespace);
    }

    @Test
    void haltsAgainWhatGitOpsHasReverted() {
        try (Reverting gitOps = new Reverting(plane, namespace, 2)) {
            sink.halt("web@2");
            Delivery again = sink.await("halt-web@2", delivery -> String.valueOf(delivery.getDetail())
                    .contains("halted again, 3 times"));
            sink.awaitAfter(
                    sink.all().indexOf(again) + 1,
                    "halt-web@2",
                    delivery -> delivery.getStatus() == DeliveryStatus.VERIFIED);

            assertThat(gitOps.times()).isEqualTo(2);
            assertThat(sink.deadLetters()).isEmpty();
        }
    }

    @Test
    void givesUpLoudlyWhenGitOpsNeverGivesIn() {
        try (Reverting gitOps = new Reverting(plane, namespace, Integer.MAX_VALUE)) {
            sink.halt("web@2");
            Delivery last = sink.await("halt-web@2", delivery -> String.valueOf(delivery.getDetail())
                    .contains("stop what reverts it"));

            assertThat(last.getStatus()).isEqualTo(DeliveryStatus.FAILED);
            assertThat(last.getRetryAt()).isNull();
            assertThat(last.getDetail()).contains("was halted 10 times", "self-healing of a GitOps controller");
            assertThat(sink.deadLetters()).hasSize(1);
            assertThat(gitOps.times()).isEqualTo(10);
        }
    }

    @Test
    void recordsThatAHaltIsNotCarriedOutWhileTheApiserverIsDeadAndCarriesItOutWhenItIsBack() throws Exception {
        plane.killApiserver();
        sink.halt("web@2");
        Delivery failed = sink.await("halt-web@2", delivery -> delivery.getStatus() == DeliveryStatus.FAILED);
        assertThat(failed.getRetryAt()).isNotNull();
        assertThat(failed.getTarget()).isEqualTo(plane.uri().toString());

        plane.restartApiserver();
        sink.awaitVerified("web@2");

        gates.open("app:2");
        assertThat(workloads.get(Kind.DEPLOYMENT, "web").at("/spec/paused").asBoolean())
                .isTrue();
    }

    @Test
    void recordsThatAHaltIsNoLongerKnownToHoldWhenTheApiserverDies() throws Exception {
        sink.halt("web@2");
        sink.awaitVerified("web@2");
        int before = sink.recorded();

        plane.killApiserver();
        sink.awaitAfter(before, "halt-web@2", delivery -> delivery.getStatus() == DeliveryStatus.FAILED);
        int during = sink.recorded();
        plane.restartApiserver();

        sink.awaitAfter(during, "halt-web@2", delivery -> delivery.getStatus() == DeliveryStatus.VERIFIED);
    }
}
