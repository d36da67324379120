package dev.andon.connect.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.apache.kafka.connect.source.ExactlyOnceSupport;
import org.apache.kafka.connect.source.SourceConnector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DnsProbeSourceConnectorTest {
    private final DnsProbeSourceConnector connector = new DnsProbeSourceConnector();

    @ParameterizedTest
    @CsvSource({
        "prod=10.2.0.9:53, prod, 10.2.0.9:53, 10.2.0.9, 53",
        "prod/a=10.2.0.9, prod, a, 10.2.0.9, 53",
        "prod/a=[fd00::9]:5353, prod, a, fd00::9, 5353",
        "prod/a=fd00::9, prod, a, fd00::9, 53"
    })
    void readsServers(String entry, String cluster, String name, String host, int port) {
        assertThat(DnsServer.parse(entry)).isEqualTo(new DnsServer(cluster, name, host, port));
    }

    @Test
    void givesEachServerToOneTask() {
        connector.start(Map.of("dns.servers", "a=h1,b=h2,c=h3"));

        assertThat(connector.taskConfigs(2))
                .extracting(config -> config.get("dns.servers"))
                .containsExactly("a=h1,c=h3", "b=h2");
        assertThat(connector.taskConfigs(8)).hasSize(3);
    }

    @Test
    void saysEverythingThatIsWrongWithAnEntry() {
        assertThat(errors(Map.of("dns.servers", "nobody,prod=h:99999", "queries", "a.test/NONSENSE")))
                .hasEntrySatisfying("dns.servers", messages -> assertThat(messages.get(0))
                        .contains("'nobody' has no '='", "has the port '99999'; it must be 1 to 65535"))
                .hasEntrySatisfying(
                        "queries", messages -> assertThat(messages.get(0)).contains("asks for the type 'NONSENSE'"));
        assertThat(errors(Map.of("dns.servers", ""))).containsOnlyKeys("dns.servers");
    }

    @Test
    void claimsNothingThatItCannotKeep() {
        assertThat(connector.exactlyOnceSupport(Map.of())).isEqualTo(ExactlyOnceSupport.UNSUPPORTED);
        assertThat(ServiceLoader.load(SourceConnector.class)).hasAtLeastOneElementOfType(DnsProbeSourceConnector.class);
    }

    private Map<String, List<String>> errors(Map<String, String> props) {
        var errors = new HashMap<String, List<String>>();
        connector.validate(props).configValues().stream()
                .filter(value -> !value.errorMessages().isEmpty())
                .forEach(value -> errors.put(value.name(), value.errorMessages()));
        return errors;
    }
}
