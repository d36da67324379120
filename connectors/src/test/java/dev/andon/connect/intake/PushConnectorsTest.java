package dev.andon.connect.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.andon.connect.audit.AuditSourceConnector;
import dev.andon.connect.events.RolloutEventsSourceConnector;
import dev.andon.connect.remotewrite.RemoteWriteSourceConnector;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.source.ExactlyOnceSupport;
import org.apache.kafka.connect.source.SourceConnector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PushConnectorsTest {
    static Stream<PushSourceConnector> connectors() {
        return Stream.of(
                new RemoteWriteSourceConnector(), new AuditSourceConnector(), new RolloutEventsSourceConnector());
    }

    @ParameterizedTest
    @MethodSource("connectors")
    void isFoundByTheWorkerWithoutScanning(PushSourceConnector connector) {
        assertThat(ServiceLoader.load(SourceConnector.class)).hasAtLeastOneElementOfType(connector.getClass());
    }

    @ParameterizedTest
    @MethodSource("connectors")
    void hasOneTaskHoweverManyAreAllowed(PushSourceConnector connector) {
        var props = Map.of("listen.port", "0", "argocd.token", "t");
        connector.start(props);

        assertThat(connector.taskConfigs(8)).containsExactly(props);
        assertThat(connector.exactlyOnceSupport(props)).isEqualTo(ExactlyOnceSupport.UNSUPPORTED);
    }

    @ParameterizedTest
    @MethodSource("connectors")
    void needsAPort(PushSourceConnector connector) {
        assertThat(errors(connector, Map.of())).containsKey("listen.port");
    }

    @Test
    void doesNotListenToEverybodyWithoutAProof() {
        var connector = new RemoteWriteSourceConnector();
        var open = Map.of("listen.port", "0", "listen.address", "0.0.0.0");

        assertThat(errors(connector, open).get("listen.address"))
                .singleElement()
                .asString()
                .contains("set bearer.token or tls.client.ca.file, or listen on 127.0.0.1");
        assertThatExceptionOfType(ConfigException.class).isThrownBy(() -> connector.start(open));
        var guarded = new HashMap<>(open);
        guarded.put("bearer.token", "t");
        assertThat(errors(connector, guarded)).isEmpty();
    }

    @Test
    void saysWhatBelongsTogether() {
        assertThat(errors(
                        new RemoteWriteSourceConnector(),
                        Map.of(
                                "listen.port", "0",
                                "tls.key.file", "/k",
                                "tls.client.ca.file", "/ca",
                                "scrape.settle.ms", "20000")))
                .containsOnlyKeys("tls.certificate.file", "tls.client.ca.file", "scrape.settle.ms");
        assertThat(errors(new RolloutEventsSourceConnector(), Map.of("listen.port", "0")))
                .containsOnlyKeys("argocd.token");
    }

    @Test
    void saysWhichRuleIsWrong() {
        assertThat(errors(
                                new RemoteWriteSourceConnector(),
                                Map.of("listen.port", "0", "measurements", "good=m s HIGHER,bad"))
                        .get("measurements"))
                .singleElement()
                .asString()
                .contains("'bad' is no rule; write series=metric{label=value&label=value} unit HIGHER|LOWER|EITHER");
    }

    @Test
    void neverShowsASecret() {
        var connector = new RemoteWriteSourceConnector();
        var props = Map.of("listen.port", "x", "bearer.token", "s3cret");

        assertThat(connector.validate(props).configValues().toString()).doesNotContain("s3cret");
    }

    private static Map<String, List<String>> errors(PushSourceConnector connector, Map<String, String> props) {
        var errors = new HashMap<String, List<String>>();
        connector.validate(props).configValues().stream()
                .filter(value -> !value.errorMessages().isEmpty())
                .forEach(value -> errors.put(value.name(), value.errorMessages()));
        return errors;
    }
}
