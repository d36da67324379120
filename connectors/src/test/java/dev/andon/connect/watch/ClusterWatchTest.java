package dev.andon.connect.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.andon.connect.common.ApiAccess;
import dev.andon.schema.RolloutEvent;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Against an API server that keeps what it is given and answers lists and watches. It says of everything that it was
 * created just now, so the first revision is news too.
 */
@EnableKubernetesMockClient(crud = true, https = false)
@Timeout(60)
@SuppressWarnings("NullAway.Init") // the extension sets the fields
class ClusterWatchTest {
    KubernetesMockServer server;
    KubernetesClient client;

    private final List<RolloutEvent> events = new CopyOnWriteArrayList<>();
    private final Map<String, Known> offsets = new ConcurrentHashMap<>();
    private ClusterWatch watch;

    @BeforeEach
    void start() {
        watch = watching();
    }

    @AfterEach
    void stop() {
        watch.close();
    }

    @Test
    void tellsOfARolloutAsItSpreads() {
        apply(Objects.deployment("web:1", 1, 1, 10, 10));
        awaitSynced();
        apply(Objects.deployment("web:2", 2, 1, 10, 10));
        apply(Objects.deployment("web:2", 2, 2, 4, 10));
        apply(Objects.deployment("web:2", 2, 2, 10, 10));

        awaitPhases("COMPLETED", "STARTED", "PROGRESSING", "COMPLETED");
        RolloutEvent spreading = events.get(2);
        assertThat(spreading.getCluster()).isEqualTo("prod");
        assertThat(spreading.getUpdated()).isEqualTo(4);
        assertThat(spreading.getIdentity()).isEqualTo("system:serviceaccount:shop:web");
        assertThat(spreading.getController().getReference()).isEqualTo("shop/web");
    }

    @Test
    void losesAndInventsNothingWhenItIsStoppedAndStartedAgain() {
        apply(Objects.deployment("web:1", 1, 1, 10, 10));
        awaitSynced();
        apply(Objects.deployment("web:2", 2, 2, 4, 10));
        awaitPhases("COMPLETED", "PROGRESSING");
        watch.close();
        apply(Objects.deployment("web:2", 2, 2, 10, 10));
        watch = watching();

        awaitPhases("COMPLETED", "PROGRESSING", "COMPLETED");
    }

    @Test
    void countsTheStartedPodsOfANewDaemonSet() {
        awaitSynced();
        String created = Instant.now().toString();
        apply(Objects.daemonSet(created, 2, 2));
        awaitPhases("PROGRESSING");
        assertThat(events.get(0).getUpdated()).isZero();
        pod("a", "Running");
        await().untilAsserted(() ->
                assertThat(events).last().extracting(RolloutEvent::getUpdated).isEqualTo(1L));
        pod("b", "Pending");
        pod("b", "Running");

        await().untilAsserted(() -> assertThat(events)
                .last()
                .extracting(event -> event.getPhase().name())
                .isEqualTo("COMPLETED"));
        assertThat(events).last().extracting(RolloutEvent::getUpdated).isEqualTo(2L);
    }

    @Test
    void endsTheRolloutOfADeploymentThatIsDeleted() {
        apply(Objects.deployment("web:1", 1, 1, 10, 10));
        awaitSynced();
        apply(Objects.deployment("web:2", 2, 2, 4, 10));
        awaitPhases("COMPLETED", "PROGRESSING");
        client.genericKubernetesResources("apps/v1", "Deployment")
                .inNamespace("shop")
                .withName("web")
                .delete();

        awaitPhases("COMPLETED", "PROGRESSING", "ABORTED");
    }

    private ClusterWatch watching() {
        var settings = new WatchSettings(
                "prod",
                List.of(WatchedKind.DEPLOYMENT, WatchedKind.DAEMON_SET),
                List.of(""),
                "andon.dev/watch=true",
                WatchSettings.Facts.NONE,
                ApiAccess.OF_THIS_CLUSTER);
        KubernetesClient own = new KubernetesClientBuilder()
                .withConfig(client.getConfiguration())
                .build();
        var started = new ClusterWatch(
                settings,
                own,
                Clock.systemUTC(),
                object -> Optional.ofNullable(offsets.get(object)),
                (object, said, event) -> {
                    offsets.put(object, said);
                    events.add(event);
                });
        started.start();
        return started;
    }

    private void awaitSynced() {
        await().until(() -> watch.synced());
    }

    private void awaitPhases(String... phases) {
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(events)
                .extracting(event -> event.getPhase().name())
                .containsExactly(phases));
    }

    private void apply(GenericKubernetesResource object) {
        object.getMetadata().setResourceVersion(null);
        var context = ResourceDefinitionContext.fromApiResource(
                object.getApiVersion(),
                new io.fabric8.kubernetes.api.model.APIResourceBuilder()
                        .withKind(object.getKind())
                        .withName(object.getKind().toLowerCase(java.util.Locale.ROOT) + "s")
                        .withNamespaced(true)
                        .build());
        client.genericKubernetesResources(context)
                .inNamespace(object.getMetadata().getNamespace())
                .resource(object)
                .createOr(existing -> existing.update());
    }

    private void pod(String name, String phase) {
        client.pods()
                .inNamespace("obs")
                .resource(new PodBuilder()
                        .withNewMetadata()
                        .withName(name)
                        .withNamespace("obs")
                        .addToLabels("app", "agent")
                        .addNewOwnerReference()
                        .withUid(client.apps()
                                .daemonSets()
                                .inNamespace("obs")
                                .withName("agent")
                                .get()
                                .getMetadata()
                                .getUid())
                        .withKind("DaemonSet")
                        .withName("agent")
                        .endOwnerReference()
                        .endMetadata()
                        .withNewStatus()
                        .withPhase(phase)
                        .endStatus()
                        .build())
                .createOr(existing -> existing.update());
    }
}
