package dev.andon.topology;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.andon.decide.Settings;
import dev.andon.domain.Action;
import dev.andon.domain.Input;
import dev.andon.domain.Signal;
import dev.andon.recording.Replay;
import dev.andon.testing.Incident;
import dev.andon.testing.KafkaBroker;
import dev.andon.testing.WithKafka;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the test driver cannot show: partitions, restarts, transactions. */
@WithKafka
@Timeout(180)
final class DetectorIT {
    private static final Instant START = Instant.parse("2026-01-14T22:00:00Z");
    private static final Clock AFTERWARDS = Clock.fixed(START.plus(Duration.ofHours(1)), ZoneOffset.UTC);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final TestInstall install;

    @TempDir
    Path directory;

    DetectorIT(KafkaBroker broker) {
        install = new TestInstall(broker.bootstrapServers(), new Topics("it-" + UUID.randomUUID() + "."));
    }

    @Test
    void haltsEveryBadRolloutWhicheverPartitionItsClusterIsIn() {
        install.createTopics(3);
        List<String> rollouts = List.of("agent-1", "agent-2", "agent-3", "agent-4", "agent-5");
        install.send(incidents(rollouts));
        try (DetectorApplication detector = start(directory)) {
            await().atMost(PATIENCE).until(() -> install.signals().size() >= rollouts.size());
            assertThat(install.signals())
                    .allMatch(signal -> signal.action() == Action.HALT)
                    .extracting(signal -> signal.rolloutId().orElseThrow())
                    .containsExactlyInAnyOrderElementsOf(rollouts);
            assertThat(install.partitionsOf(Topic.CHANGE_POINTS)).hasSizeGreaterThan(1);
            assertThat(detector.phase()).isEqualTo(DetectorApplication.Phase.RUNNING);
            assertThat(detector.detail()).isEmpty();
        }
    }

    @Test
    void goesOnAfterARestartWithItsStateDirectoryAndWithoutIt() {
        install.createTopics(1);
        List<Input> inputs = new ArrayList<>(Incident.in("west", "agent-7f3", START));
        inputs.addAll(Replay.closing(inputs));
        int third = inputs.size() / 3;
        runUntilConsumed(inputs.subList(0, third), directory.resolve("one"));
        runUntilConsumed(inputs.subList(third, 2 * third), directory.resolve("one"));
        runUntilConsumed(inputs.subList(2 * third, inputs.size()), directory.resolve("other"));
        assertThat(install.signals())
                .isEqualTo(Replay.run(Incident.in("west", "agent-7f3", START), Settings.DEFAULT)
                        .signals())
                .hasSize(1);
    }

    @Test
    void setsForeignRecordsAsideAndStaysAlive() {
        install.createTopics(1);
        install.send(Topic.DNS_ERRORS, "west".getBytes(UTF_8), "not ours".getBytes(UTF_8));
        List<Input> incident = Incident.in("west", "agent-7f3", START);
        install.send(incident);
        install.send(Replay.closing(incident));
        try (DetectorApplication detector = start(directory)) {
            await().atMost(PATIENCE).until(() -> install.signals().size() == 1);
            assertThat(install.headersOfDeadLetters(DeadLetters.REASON)).containsExactly("unreadable");
            assertThat(detector.phase()).isEqualTo(DetectorApplication.Phase.RUNNING);
        }
    }

    @Test
    void stopsWithinItsTime() {
        install.createTopics(3);
        DetectorApplication detector = start(directory);
        await().atMost(PATIENCE).until(() -> detector.phase() == DetectorApplication.Phase.RUNNING);
        long before = System.nanoTime();
        detector.close();
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(9));
        assertThat(detector.phase()).isEqualTo(DetectorApplication.Phase.STOPPED);
    }

    @Test
    void haltsOnceAlthoughItIsKilledInBetween() throws Exception {
        install.createTopics(2);
        List<String> rollouts = Stream.of(1, 2, 3, 4).map(i -> "agent-" + i).toList();
        install.send(incidents(rollouts));
        for (int kills = 0; kills < 2; kills++) {
            int before = install.countOf(Topic.CHANGE_POINTS) + install.countOf(Topic.FLEET_INPUTS);
            Process process = KilledDetector.spawn(install, directory.resolve("killed"));
            try {
                await().atMost(PATIENCE)
                        .pollInterval(Duration.ofMillis(20))
                        .until(() -> !process.isAlive()
                                || install.countOf(Topic.CHANGE_POINTS) + install.countOf(Topic.FLEET_INPUTS) > before);
                assertThat(process.isAlive()).as("ended by itself").isTrue();
            } finally {
                process.destroyForcibly().waitFor();
            }
        }
        try (DetectorApplication detector = start(directory.resolve("killed"))) {
            install.awaitConsumed(PATIENCE);
            assertThat(detector.phase()).isEqualTo(DetectorApplication.Phase.RUNNING);
        }
        assertThat(install.signals()).extracting(Signal::signalId).doesNotHaveDuplicates();
        assertThat(install.signals())
                .filteredOn(signal -> signal.action() == Action.HALT)
                .extracting(signal -> signal.rolloutId().orElseThrow())
                .containsExactlyInAnyOrderElementsOf(rollouts);
    }

    /** Each in a cluster and a fleet of its own: clusters of one fleet that are hurt together would be compared. */
    private static List<Input> incidents(List<String> rollouts) {
        return rollouts.stream()
                .flatMap(id -> Incident.in("cluster-of-" + id, id, "fleet-of-" + id, START).stream())
                .sorted(Comparator.comparing(Input::time))
                .toList();
    }

    private void runUntilConsumed(List<Input> inputs, Path stateDirectory) {
        install.send(inputs);
        try (DetectorApplication detector = start(stateDirectory)) {
            install.awaitConsumed(PATIENCE);
            assertThat(detector.phase()).isNotEqualTo(DetectorApplication.Phase.FAILED);
        }
    }

    private DetectorApplication start(Path stateDirectory) {
        DetectorApplication detector = install.detector(stateDirectory, AFTERWARDS);
        detector.start();
        return detector;
    }
}
