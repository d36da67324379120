package dev.andon.connect.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.andon.connect.watch.Seen.State;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReadingTest {
    @Test
    void readsADeployment() {
        Seen seen = seen(WatchedKind.DEPLOYMENT, Objects.deployment("web:2", 2, 2, 3, 10));

        assertThat(seen.id()).isEqualTo("Deployment/shop/web");
        assertThat(seen.state()).isEqualTo(State.SPREADING);
        assertThat(seen.updated()).isEqualTo(OptionalLong.of(3));
        assertThat(seen.total()).isEqualTo(OptionalLong.of(10));
        assertThat(seen.identity()).contains("system:serviceaccount:shop:web");
        assertThat(seen.rolloutName()).isEqualTo("shop/web");
    }

    @Test
    void doesNotBelieveAStatusOfAnEarlierGeneration() {
        Seen seen = seen(WatchedKind.DEPLOYMENT, Objects.deployment("web:2", 2, 1, 10, 10));

        assertThat(seen.state()).isEqualTo(State.PENDING);
        assertThat(seen.updated()).isEmpty();
    }

    @Test
    void namesARevisionByItsPodsAndNothingElse() {
        String two = seen(WatchedKind.DEPLOYMENT, Objects.deployment("web:2", 2, 2, 3, 10))
                .revision();

        assertThat(seen(WatchedKind.DEPLOYMENT, Objects.deployment("web:2", 7, 7, 9, 20))
                        .revision())
                .isEqualTo(two);
        assertThat(seen(WatchedKind.DEPLOYMENT, Objects.deployment("web:3", 2, 2, 3, 10))
                        .revision())
                .isNotEqualTo(two);
    }

    @Test
    void namesARevisionTheSameHoweverTheApiserverWritesIt() {
        String yaml = """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: web, namespace: shop, uid: u1, generation: 1}
                spec: {replicas: 1, template: %s}
                """;
        String listed = yaml.formatted(
                "{metadata: {creationTimestamp: null, labels: {app: web}}, spec: {containers: [{name: c, image: 'web:1'}]}}");
        String changed =
                yaml.formatted("{metadata: {labels: {app: web}}, spec: {containers: [{image: 'web:1', name: c}]}}");

        assertThat(seen(WatchedKind.DEPLOYMENT, listed).revision())
                .isEqualTo(seen(WatchedKind.DEPLOYMENT, changed).revision());
    }

    @Test
    void countsOnlyWhatAPartitionLetsThrough() {
        Seen seen = seen(WatchedKind.STATEFUL_SET, """
                apiVersion: apps/v1
                kind: StatefulSet
                metadata: {name: db, namespace: shop, uid: s1, generation: 2}
                spec: {replicas: 5, updateStrategy: {rollingUpdate: {partition: 3}}, template: {spec: {}}}
                status: {observedGeneration: 2, updatedReplicas: 2, currentReplicas: 3, replicas: 5, updateRevision: b, currentRevision: a}
                """);

        assertThat(seen.state()).isEqualTo(State.DONE);
        assertThat(seen.total()).isEqualTo(OptionalLong.of(2));
    }

    @Test
    void takesAHaltedStatefulSetForPausedAndNotForDone() {
        Seen seen = seen(WatchedKind.STATEFUL_SET, """
                apiVersion: apps/v1
                kind: StatefulSet
                metadata: {name: db, namespace: shop, uid: s1, generation: 3, annotations: {andon.dev/halted: "{}"}}
                spec: {replicas: 5, updateStrategy: {rollingUpdate: {partition: 5}}, template: {spec: {}}}
                status: {observedGeneration: 3, updatedReplicas: 2, currentReplicas: 3, replicas: 5, updateRevision: b, currentRevision: a}
                """);

        assertThat(seen.state()).isEqualTo(State.PAUSED);
        assertThat(seen.total()).as("what was said before still holds").isEmpty();
    }

    @Test
    void takesAHaltedDaemonSetForPausedInTheRevisionThatItHad() {
        String yaml = """
                apiVersion: apps/v1
                kind: DaemonSet
                metadata: {name: agent, namespace: obs, uid: d1, generation: 2, annotations: %s}
                spec: {template: {spec: {containers: [{name: c, image: "agent:1"}]%s}}}
                status: {observedGeneration: 2, updatedNumberScheduled: %d, desiredNumberScheduled: %d}
                """;
        Seen before = seen(WatchedKind.DAEMON_SET, yaml.formatted("{}", "", 3, 10));
        Seen rolling = seen(WatchedKind.DAEMON_SET, yaml.formatted("{andon.dev/halted: '{}'}", "", 3, 10));
        Seen first = seen(
                WatchedKind.DAEMON_SET,
                yaml.formatted("{andon.dev/halted: '{}'}", ", nodeSelector: {andon.dev/halted: 'true'}", 0, 0));

        assertThat(rolling.state()).isEqualTo(State.PAUSED);
        assertThat(rolling.updated()).isEqualTo(OptionalLong.of(3));
        assertThat(first.state()).isEqualTo(State.PAUSED);
        assertThat(first.updated()).isEmpty();
        assertThat(first.revision()).isEqualTo(before.revision()).isEqualTo(rolling.revision());
    }

    @ParameterizedTest
    @CsvSource({
        "Progressing, false, SPREADING",
        "Paused, false, PAUSED",
        "Healthy, false, DONE",
        "Degraded, true, ABORTED"
    })
    void readsAnArgoRollout(String phase, boolean abort, State state) {
        Seen seen = seen(WatchedKind.ROLLOUT, """
                apiVersion: argoproj.io/v1alpha1
                kind: Rollout
                metadata: {name: web, namespace: shop, uid: r1, annotations: {andon.dev/rollout: web-everywhere}}
                spec: {replicas: 10, template: {spec: {}}}
                status: {phase: %s, abort: %s, currentPodHash: 6d4cf56db6, updatedReplicas: 4}
                """.formatted(phase, abort));

        assertThat(seen.state()).isEqualTo(state);
        assertThat(seen.revision()).isEqualTo("6d4cf56db6");
        assertThat(seen.rolloutName()).isEqualTo("web-everywhere");
        assertThat(seen.updated()).isEqualTo(OptionalLong.of(4));
        assertThat(seen.controllerType()).isEqualTo("argo-rollouts");
    }

    @ParameterizedTest
    @CsvSource({
        "Progressing, SPREADING, 20",
        "WaitingPromotion, PAUSED, 20",
        "Succeeded, DONE, 100",
        "Failed, ROLLED_BACK, 20"
    })
    void readsAFlaggerCanary(String phase, State state, long weight) {
        Seen seen = seen(WatchedKind.CANARY, """
                apiVersion: flagger.app/v1beta1
                kind: Canary
                metadata: {name: web, namespace: shop, uid: c1}
                status: {phase: %s, canaryWeight: 20, lastAppliedSpec: 5454669676}
                """.formatted(phase));

        assertThat(seen.state()).isEqualTo(state);
        assertThat(seen.updated()).isEqualTo(OptionalLong.of(weight));
    }

    @ParameterizedTest
    @CsvSource({"pending-upgrade, SPREADING", "deployed, DONE", "failed, ABORTED"})
    void readsAHelmReleaseByItsLabels(String status, State state) {
        Seen seen = seen(WatchedKind.HELM_RELEASE, """
                apiVersion: v1
                kind: Secret
                metadata: {name: sh.helm.release.v1.web.v7, namespace: shop, uid: h1, labels: {owner: helm, name: web, version: "7", status: %s}}
                """.formatted(status));

        assertThat(seen.id()).isEqualTo("HelmRelease/shop/web");
        assertThat(seen.revision()).isEqualTo("v7");
        assertThat(seen.state()).isEqualTo(state);
    }

    @Test
    void passesOverReleasesThatAreOfThePast() {
        assertThat(Reading.of(WatchedKind.HELM_RELEASE, Objects.of("""
                apiVersion: v1
                kind: Secret
                metadata: {name: x, namespace: shop, uid: h1, labels: {owner: helm, name: web, version: "6", status: superseded}}
                """))).isEmpty();
    }

    @Test
    void takesAConfigMapForChangedWhenItsContentIs() {
        String yaml =
                "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c, namespace: n, uid: u, resourceVersion: '%d'}\ndata: {k: %s}\n";
        String one = seen(WatchedKind.CONFIG_MAP, yaml.formatted(1, "a")).revision();

        assertThat(seen(WatchedKind.CONFIG_MAP, yaml.formatted(2, "a")).revision())
                .isEqualTo(one);
        assertThat(seen(WatchedKind.CONFIG_MAP, yaml.formatted(3, "b")).revision())
                .isNotEqualTo(one);
    }

    private static Seen seen(WatchedKind kind, String yaml) {
        return seen(kind, Objects.of(yaml));
    }

    private static Seen seen(WatchedKind kind, io.fabric8.kubernetes.api.model.GenericKubernetesResource object) {
        return Reading.of(kind, object).orElseThrow();
    }
}
