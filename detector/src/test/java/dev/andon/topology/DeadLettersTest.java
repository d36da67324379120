package dev.andon.topology;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.andon.domain.Input;
import dev.andon.domain.LatencySample;
import dev.andon.domain.OperatorOverride;
import dev.andon.domain.Signal;
import dev.andon.testing.Incident;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeadLettersTest {
    private static final Instant START = Instant.parse("2026-01-14T22:00:00Z");
    private static final Instant NOW = START.plus(Incident.length());
    private static final List<Input> INCIDENT = Incident.in("west", "agent-7f3", START);
    private static final byte[] WEST = "west".getBytes(UTF_8);
    private static final byte[] JUNK = "{\"time\":1}".getBytes(UTF_8);

    private TestDriver driver;

    @BeforeEach
    void start(@TempDir Path stateDirectory) {
        driver = TestDriver.replay(NOW, stateDirectory);
    }

    @AfterEach
    void stop() {
        driver.close();
    }

    @Test
    void keepsForeignBytesAsTheyCameAndSaysWhyAndWhence() {
        var headers = new RecordHeaders().add("trace", "abc".getBytes(UTF_8));
        driver.send(Topic.DNS_ERRORS, new TestRecord<>(WEST, JUNK, headers, START));

        TestRecord<byte[], byte[]> letter = driver.deadLetters().get(0);
        assertThat(letter.key()).isEqualTo(WEST);
        assertThat(letter.value()).isEqualTo(JUNK);
        assertThat(letter.getRecordTime()).isEqualTo(NOW);
        assertThat(TestDriver.header(letter, "trace")).isEqualTo("abc");
        assertThat(TestDriver.header(letter, DeadLetters.REASON)).isEqualTo("unreadable");
        assertThat(TestDriver.header(letter, DeadLetters.MESSAGE)).startsWith("DnsErrors expected, but these 10 bytes");
        assertThat(TestDriver.header(letter, DeadLetters.TOPIC)).isEqualTo("test.dns-errors");
        assertThat(TestDriver.header(letter, DeadLetters.PARTITION)).isEqualTo("0");
        assertThat(TestDriver.header(letter, DeadLetters.OFFSET)).isEqualTo("0");
        assertThat(TestDriver.header(letter, DeadLetters.TIME)).isEqualTo("2026-01-14T22:04:20Z");
        assertThat(driver.observer().rejections()).containsExactly(Map.entry("dns-errors unreadable", 1));
    }

    @Test
    void replacesTheHeadersOfALetterThatWasSentAgain() {
        driver.send(Topic.DNS_ERRORS, WEST, JUNK, START);
        driver.send(Topic.ROLLOUTS, driver.deadLetters().get(0));

        TestRecord<byte[], byte[]> again = driver.deadLetters().get(0);
        assertThat(again.headers().headers(DeadLetters.TOPIC)).hasSize(1);
        assertThat(TestDriver.header(again, DeadLetters.TOPIC)).isEqualTo("test.rollouts");
    }

    @Test
    void refusesFingerprintsThatNobodyKnowsAndRecordsOfAnotherTopic() {
        Records.Encoded latency = Records.encode(latency(1));
        byte[] unknown = latency.value().clone();
        unknown[2] ^= 1;
        driver.send(Topic.APISERVER_LATENCY, WEST, unknown, START);
        driver.send(Topic.DNS_ERRORS, WEST, latency.value(), START);
        driver.send(Topic.ROLLOUTS, WEST, null, START);

        assertThat(driver.deadLetterHeaders(DeadLetters.REASON))
                .containsExactly("unreadable", "unreadable", "missing_field");
    }

    @Test
    void refusesAKeyThatIsNotTheCluster() {
        Records.Encoded latency = Records.encode(latency(1));
        driver.send(latency.topic(), "east".getBytes(UTF_8), latency.value(), START);
        driver.send(latency.topic(), null, latency.value(), START);

        assertThat(driver.deadLetterHeaders(DeadLetters.MESSAGE))
                .containsExactly(
                        "the record's key must be its cluster 'west' but was 'east'",
                        "the record's key must be its cluster 'west' but was absent");
    }

    @Test
    void refusesTimesThatLieFurtherAheadThanClocksDiffer() {
        LatencySample tolerable = at(NOW.plusSeconds(120));
        LatencySample future = at(NOW.plusSeconds(121));
        driver.send(future);
        driver.send(tolerable);
        assertThat(driver.deadLetterHeaders(DeadLetters.MESSAGE))
                .containsExactly("time 2026-01-14T22:06:21Z is more than 120 s ahead of this machine's clock,"
                        + " 2026-01-14T22:04:20Z: set the clock of the machine that wrote it");
        assertThat(driver.observer().rejections()).containsExactly(Map.entry("apiserver-latency from_the_future", 1));
        assertThat(driver.observer().acceptedFrom(Topic.APISERVER_LATENCY)).isEqualTo(1);
    }

    @Test
    void takesAnHonestValueWhoseRecordTimestampIsWrong() {
        Records.Encoded latency = Records.encode(latency(1));
        driver.send(latency.topic(), latency.key(), latency.value(), Instant.parse("2096-01-01T00:00:00Z"));
        assertThat(driver.deadLetters()).isEmpty();
        assertThat(driver.observer().acceptedFrom(Topic.APISERVER_LATENCY)).isEqualTo(1);
    }

    @Test
    void countsAndKeepsWhatTheDecisionDoesNotTake() {
        LatencySample second = latency(2);
        driver.send(second);
        driver.send(second);
        driver.send(latency(3));
        driver.send(latency(1));
        assertThat(driver.observer().rejections())
                .containsOnly(Map.entry("apiserver-latency duplicate", 1), Map.entry("apiserver-latency too_late", 1));
        assertThat(driver.deadLetterHeaders(DeadLetters.MESSAGE))
                .containsExactly(
                        "apiserver-latency of west at 2026-01-14T22:00:10Z was not taken",
                        "apiserver-latency of west at 2026-01-14T22:00:05Z was not taken");
    }

    @Test
    void refusesOverridesThatAreForeignOrFromTheFuture() {
        driver.send(Topic.OVERRIDES, WEST, JUNK, START);
        driver.send(new OperatorOverride(
                NOW.plus(Duration.ofDays(1)),
                "agent-7f3",
                Optional.empty(),
                OperatorOverride.Decision.HALT,
                "ada",
                "",
                Instant.MAX));
        assertThat(driver.deadLetterHeaders(DeadLetters.REASON)).containsExactly("unreadable", "from_the_future");
        assertThat(driver.read(Topic.FLEET_INPUTS)).isEmpty();
    }

    @Test
    void refusesForeignBytesBetweenTheStages() {
        driver.send(Topic.FLEET_INPUTS, "default".getBytes(UTF_8), JUNK, START);
        driver.send(Topic.FLEET_INPUTS, "default".getBytes(UTF_8), null, START);
        assertThat(driver.deadLetterHeaders(DeadLetters.REASON)).containsExactly("unreadable", "missing_field");
        assertThat(driver.observer().rejections().keySet())
                .containsExactlyInAnyOrder("fleet-inputs unreadable", "fleet-inputs missing_field");
    }

    @Test
    void takesATombstoneOfTheCompactedTopicForWhatItIs() {
        driver.send(Topic.CLUSTERS, WEST, null, START);
        assertThat(driver.deadLetters()).isEmpty();
    }

    @Test
    void losesNothingGoodAmongTheBad() {
        for (Input input : INCIDENT) {
            driver.send(Topic.ROLLOUTS, WEST, JUNK, Instant.parse("2096-01-01T00:00:00Z"));
            driver.send(input);
            driver.send(at(Instant.parse("2096-01-01T00:00:00Z")));
            if (input instanceof LatencySample) driver.send(input);
        }
        List<Signal> signals = driver.signals();
        assertThat(signals).isEqualTo(signalsOfTheCleanIncident()).isNotEmpty();
        int samples =
                (int) INCIDENT.stream().filter(LatencySample.class::isInstance).count();
        assertThat(driver.observer().rejections())
                .containsOnly(
                        Map.entry("rollouts unreadable", INCIDENT.size()),
                        Map.entry("apiserver-latency from_the_future", INCIDENT.size()),
                        Map.entry("apiserver-latency duplicate", samples));
        assertThat(driver.deadLetters()).hasSize(2 * INCIDENT.size() + samples);
    }

    private static List<Signal> signalsOfTheCleanIncident() {
        return dev.andon.recording.Replay.run(INCIDENT, dev.andon.decide.Settings.DEFAULT)
                .signals();
    }

    private static LatencySample latency(int tick) {
        return at(START.plus(Incident.INTERVAL.multipliedBy(tick)));
    }

    private static LatencySample at(Instant time) {
        LatencySample any = (LatencySample) INCIDENT.stream()
                .filter(LatencySample.class::isInstance)
                .findFirst()
                .orElseThrow();
        return new LatencySample(
                time,
                any.cluster(),
                any.instance(),
                any.verb(),
                any.scope(),
                any.interval(),
                any.latency(),
                any.codes(),
                any.client());
    }
}
