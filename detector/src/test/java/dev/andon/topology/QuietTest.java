package dev.andon.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.andon.codec.StateCodec;
import dev.andon.decide.ClusterReport;
import dev.andon.domain.Action;
import dev.andon.domain.Input;
import dev.andon.domain.Signal;
import dev.andon.testing.Incident;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuietTest {
    private static final Instant START = Instant.parse("2026-01-14T22:00:00Z");
    private static final List<Input> INCIDENT = Incident.in("west", "agent-7f3", START);
    private static final Duration TENTH = Duration.ofMillis(100);

    @TempDir
    Path stateDirectory;

    @Test
    void haltsWithoutWaitingForALaterInput() {
        List<Input> untilHalt = INCIDENT.stream()
                .filter(input -> !input.time().isAfter(timeOfHalt()))
                .toList();
        try (TestDriver driver = TestDriver.live(timeOfHalt(), stateDirectory)) {
            driver.send(untilHalt);
            assertThat(driver.signals()).isEmpty();
            driver.pass(TENTH);
            driver.pass(TENTH);
            driver.pass(TENTH);
            assertThat(driver.signals()).singleElement().satisfies(signal -> {
                assertThat(signal.action()).isEqualTo(Action.HALT);
                assertThat(signal.time()).isEqualTo(timeOfHalt());
            });
        }
    }

    @Test
    void doesNotTakeTheClockForTimeInAReplay() {
        try (TestDriver driver = TestDriver.replay(timeOfHalt(), stateDirectory)) {
            driver.send(INCIDENT.stream()
                    .filter(input -> !input.time().isAfter(timeOfHalt()))
                    .toList());
            driver.pass(Duration.ofHours(1));
            assertThat(driver.signals()).isEmpty();
        }
    }

    @Test
    void saysThatNothingIsKnownOfAClusterWhenAllTelemetryIsGone() {
        List<Input> calm = INCIDENT.subList(0, 91);
        Instant last = calm.get(calm.size() - 1).time();
        try (TestDriver driver = TestDriver.live(last, stateDirectory)) {
            driver.send(calm);
            for (int i = 0; i < 300; i++) driver.pass(TENTH);
            assertThat(reports(driver)).noneMatch(r -> r.health() == ClusterReport.Health.UNKNOWN);
            for (int i = 0; i < 300; i++) driver.pass(TENTH);
            assertThat(reports(driver)).singleElement().satisfies(report -> {
                assertThat(report.health()).isEqualTo(ClusterReport.Health.UNKNOWN);
                assertThat(report.cluster()).isEqualTo("west");
            });
        }
    }

    private static List<ClusterReport> reports(TestDriver driver) {
        return driver.read(Topic.FLEET_INPUTS).stream()
                .map(record -> (ClusterReport) StateCodec.FLEET_INPUTS.decode(record.value()))
                .toList();
    }

    private static Instant timeOfHalt() {
        List<Signal> signals = dev.andon.recording.Replay.run(INCIDENT, dev.andon.decide.Settings.DEFAULT)
                .signals();
        return signals.get(0).time();
    }
}
