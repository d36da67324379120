package dev.andon.connect.scrape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.andon.connect.controlplane.ControlPlane;
import dev.andon.connect.controlplane.ControlPlaneExtension;
import dev.andon.connect.controlplane.Manifests;
import dev.andon.connect.intake.RunningTask;
import dev.andon.schema.ApiserverLatency;
import dev.andon.schema.SingleObjectSerde;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Reads the page of a real apiserver, with no more rights than the shipped manifest gives. */
@Tag("kubernetes")
@ExtendWith(ControlPlaneExtension.class)
@Timeout(120)
class ApiserverPageIT {
    private final ControlPlane plane;

    ApiserverPageIT(ControlPlane plane) {
        this.plane = plane;
    }

    @Test
    void readsWhatIsAskedOfTheApiserver() throws Exception {
        Manifests.apply(plane, "prometheus-scrape-rbac.yaml");
        Map<String, String> options = Map.of(
                "apiserver.targets",
                "real/api-1=" + plane.uri(),
                "bearer.token.file",
                plane.tokenFile("andon", "andon-scrape").toString(),
                "tls.ca.file",
                plane.ca().toString(),
                "scrape.interval.ms",
                "1000");
        try (RunningTask task = new RunningTask(new PrometheusScrapeSourceTask(), options)) {
            await().atMost(Duration.ofSeconds(60)).until(() -> !samples(task).isEmpty());
            long before = listed(task);
            for (int i = 0; i < 40; i++) {
                var unused = plane.client().configMaps().inAnyNamespace().list();
            }
            await().atMost(Duration.ofSeconds(60)).until(() -> listed(task) - before >= 40);

            assertThat(samples(task)).allSatisfy(sample -> {
                assertThat(sample.getCluster()).isEqualTo("real");
                assertThat(sample.getInstance()).isEqualTo("api-1");
                assertThat(sample.getClient()).isNull();
                assertThat(sample.getCounts())
                        .hasSize(sample.getUpperBoundsSeconds().size() + 1)
                        .allMatch(count -> count >= 0);
            });
            assertThat(task.totals().entrySet())
                    .filteredOn(total -> total.getKey().startsWith("rejected"))
                    .allMatch(total -> total.getValue() == 0);
        }
    }

    private static long listed(RunningTask task) {
        return samples(task).stream()
                .filter(sample ->
                        sample.getVerb().equals("LIST") && sample.getScope().equals("cluster"))
                .flatMap(sample -> sample.getCounts().stream())
                .mapToLong(Long::longValue)
                .sum();
    }

    private static List<ApiserverLatency> samples(RunningTask task) {
        SingleObjectSerde<ApiserverLatency> serde = new SingleObjectSerde<>(ApiserverLatency.class);
        return task.written("andon.apiserver-latency").stream()
                .map(record -> serde.decode((byte[]) record.value()))
                .toList();
    }
}
