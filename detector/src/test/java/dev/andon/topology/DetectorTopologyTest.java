package dev.andon.topology;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.andon.codec.AvroCodec;
import dev.andon.decide.ClusterReport;
import dev.andon.decide.Policy;
import dev.andon.decide.Settings;
import dev.andon.domain.Action;
import dev.andon.domain.Input;
import dev.andon.domain.Mode;
import dev.andon.domain.Signal;
import dev.andon.recording.Replay;
import dev.andon.simulate.Pace;
import dev.andon.simulate.Scenarios;
import dev.andon.testing.Incident;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DetectorTopologyTest {
    private static final Instant START = Instant.parse("2026-01-14T22:00:00Z");
    private static final List<Input> INCIDENT = Incident.in("west", "agent-7f3", START);

    @TempDir
    Path stateDirectory;

    @Test
    void haltsTheRolloutThatHurtsItsCluster() {
        try (TestDriver driver = TestDriver.replay(after(INCIDENT), stateDirectory)) {
            driver.send(INCIDENT);
            List<TestRecord<byte[], byte[]>> written = driver.read(Topic.SIGNALS);
            assertThat(written).hasSize(1);
            Signal halt = AvroCodec.SIGNALS.decode(written.get(0).value());
            assertThat(halt.action()).isEqualTo(Action.HALT);
            assertThat(halt.rolloutId()).contains("agent-7f3");
            assertThat(halt.cluster()).contains("west");
            assertThat(new String(written.get(0).key(), UTF_8)).isEqualTo("agent-7f3");
            assertThat(written.get(0).getRecordTime()).isEqualTo(halt.time());
            assertThat(driver.observer().delays()).containsExactly(Duration.between(halt.time(), after(INCIDENT)));
        }
    }

    @Test
    void tellsWhatChangedUnderTheKeyOfTheCluster() {
        try (TestDriver driver = TestDriver.replay(after(INCIDENT), stateDirectory)) {
            driver.send(INCIDENT);
            List<TestRecord<byte[], byte[]>> written = driver.read(Topic.CHANGE_POINTS);
            assertThat(written).isNotEmpty().allMatch(record -> new String(record.key(), UTF_8).equals("west"));
            assertThat(driver.observer().changePoints()).isEqualTo(written.size());
        }
    }

    @Test
    void saysInEverySignalWhenItIsOnlyObserving() {
        var observing = TopologySettings.replay(Settings.DEFAULT.with(Policy.DEFAULT.withMode(Mode.OBSERVE)));
        try (TestDriver driver = TestDriver.of(observing, after(INCIDENT), stateDirectory)) {
            driver.send(INCIDENT);
            assertThat(driver.signals()).extracting(Signal::mode).containsExactly(Mode.OBSERVE);
        }
    }

    @Test
    void saysTheSameAsAReplayInMemory() {
        List<Input> played = Incident.amid(Scenarios.CONCURRENT_ROLLOUTS.create(Scenarios.Options.of(7, Pace.DEMO)));
        List<Input> inputs = new ArrayList<>(played);
        inputs.addAll(Replay.closing(played));
        Replay.Result expected = Replay.run(played, Settings.DEFAULT);
        try (TestDriver driver = TestDriver.replay(after(inputs), stateDirectory)) {
            driver.send(inputs);
            assertThat(driver.signals()).isEqualTo(expected.signals()).isNotEmpty();
            assertThat(driver.changePoints()).isEqualTo(expected.changePoints()).isNotEmpty();
            assertThat(driver.observer().rejections()).isEmpty();
            assertThat(driver.observer().acceptedFrom(Topic.APISERVER_LATENCY)).isPositive();
        }
    }

    @Test
    void saysWhatItBelievesOfAClusterForAsLongAsItWatchesIt() {
        CountingObserver observer;
        try (TestDriver driver = TestDriver.replay(after(INCIDENT), stateDirectory)) {
            observer = driver.observer();
            driver.send(INCIDENT);
            assertThat(observer.healths()).containsExactly(Map.entry("west", ClusterReport.Health.HURT));
        }
        assertThat(observer.healths()).isEmpty();
    }

    private static Instant after(List<Input> inputs) {
        return inputs.get(inputs.size() - 1).time().plus(Duration.ofSeconds(1));
    }
}
