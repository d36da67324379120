package dev.andon.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.andon.decide.Standing;
import dev.andon.domain.Action;
import dev.andon.domain.Delivery;
import dev.andon.domain.Input;
import dev.andon.domain.OperatorOverride;
import dev.andon.domain.Signal;
import dev.andon.testing.Incident;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FleetsTest {
    private static final Instant START = Instant.parse("2026-01-14T22:00:00Z");

    private TestDriver driver;

    @BeforeEach
    void start(@TempDir Path stateDirectory) {
        driver = TestDriver.replay(START.plus(Incident.length()), stateDirectory);
    }

    @AfterEach
    void stop() {
        driver.close();
    }

    @Test
    void haltsARolloutOnceForAllClustersOfAFleet() {
        driver.send(together(
                Incident.in("west", "agent-7f3", "blue", START), Incident.in("east", "agent-7f3", "blue", START)));
        assertThat(driver.signals()).extracting(Signal::action).containsExactly(Action.HALT);
    }

    @Test
    void keepsFleetsApartThatShareAPartition() {
        driver.send(together(
                Incident.in("west", "agent-7f3", "blue", START), Incident.in("east", "agent-7f3", "green", START)));
        List<Signal> signals = driver.signals();
        assertThat(signals).extracting(Signal::action).containsExactly(Action.HALT, Action.HALT);
        assertThat(signals)
                .extracting(signal -> signal.cluster().orElseThrow())
                .containsExactlyInAnyOrder("west", "east");
    }

    @Test
    void keepsAnAllowedRolloutGoingInEveryFleet() {
        driver.send(override(OperatorOverride.Decision.ALLOW, START));
        driver.send(together(
                Incident.in("west", "agent-7f3", "blue", START), Incident.in("east", "agent-7f3", "green", START)));
        assertThat(driver.signals()).noneMatch(signal -> signal.action() == Action.HALT);
    }

    @Test
    void haltsByHandBeforeAnythingIsKnownOfAnyFleet() {
        driver.send(override(OperatorOverride.Decision.HALT, START));
        assertThat(driver.signals()).singleElement().satisfies(signal -> {
            assertThat(signal.action()).isEqualTo(Action.HALT);
            assertThat(signal.rolloutId()).contains("agent-7f3");
            assertThat(signal.reason()).isEqualTo("halted by ada: seen it before");
        });
        assertThat(driver.observer().acceptedFrom(Topic.OVERRIDES)).isEqualTo(1);
    }

    @Test
    void clearsAHaltThatAnOperatorAllows() {
        List<Input> incident = Incident.in("west", "agent-7f3", START);
        driver.send(incident);
        Instant end = incident.get(incident.size() - 1).time();
        driver.send(override(OperatorOverride.Decision.ALLOW, end));
        assertThat(driver.signals()).extracting(Signal::action).containsExactly(Action.HALT, Action.CLEAR);
    }

    @Test
    void hearsThatAHaltWasVerified() {
        List<Input> incident = Incident.in("west", "agent-7f3", START);
        driver.send(incident);
        Signal halt = driver.signals().get(0);
        Instant seen = halt.time().plusSeconds(4);
        driver.send(new Delivery(
                seen,
                halt.signalId(),
                halt.rolloutId(),
                "kubernetes",
                "https://10.0.0.4:6443",
                Delivery.Status.VERIFIED,
                1,
                OptionalInt.of(200),
                Optional.empty(),
                Optional.empty(),
                Optional.empty()));
        Standing standing = (Standing)
                driver.streams().getKeyValueStore(Nodes.STANDINGS_STORE).get("default\u0000r/agent-7f3");
        assertThat(standing.verified()).contains(seen);
        assertThat(driver.observer().acceptedFrom(Topic.DELIVERIES)).isEqualTo(1);
        assertThat(driver.signals()).isEmpty();
    }

    @Test
    void setsAForeignDeliveryAside() {
        driver.send(Topic.DELIVERIES, new byte[] {1}, new byte[] {2, 3}, START);
        assertThat(driver.deadLetterHeaders(DeadLetters.REASON)).containsExactly("unreadable");
    }

    private static OperatorOverride override(OperatorOverride.Decision decision, Instant time) {
        return new OperatorOverride(
                time, "agent-7f3", Optional.empty(), decision, "ada", "seen it before", time.plus(Duration.ofHours(1)));
    }

    private static List<Input> together(List<Input> one, List<Input> other) {
        List<Input> all = new ArrayList<>(one);
        all.addAll(other);
        all.sort(Comparator.comparing(Input::time));
        return all;
    }
}
