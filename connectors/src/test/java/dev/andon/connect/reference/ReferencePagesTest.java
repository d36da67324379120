package dev.andon.connect.reference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.andon.connect.audit.AuditSourceConnector;
import dev.andon.connect.events.RolloutEventsSourceConnector;
import dev.andon.connect.probe.DnsProbeSourceConnector;
import dev.andon.connect.query.PrometheusQuerySourceConnector;
import dev.andon.connect.remotewrite.RemoteWriteSourceConnector;
import dev.andon.connect.scrape.PrometheusScrapeSourceConnector;
import dev.andon.connect.watch.KubernetesWatchSourceConnector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.apache.kafka.common.config.ConfigDef;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The options on a connector's page are those in its code. Run with {@code -Dandon.docs.write=true} to write them there;
 * the prose around them is written by hand.
 */
class ReferencePagesTest {
    private static final Path FOLDER = Path.of("..", "docs", "reference");
    private static final String BEGIN =
            "<!-- options: generated from the code by ReferencePagesTest with -Dandon.docs.write=true -->\n\n";
    private static final String END = "<!-- end of options -->\n";

    static Stream<Arguments> pages() {
        return Stream.of(
                Arguments.of("prometheus-scrape.md", new PrometheusScrapeSourceConnector().config()),
                Arguments.of("remote-write.md", new RemoteWriteSourceConnector().config()),
                Arguments.of("audit.md", new AuditSourceConnector().config()),
                Arguments.of("prometheus-query.md", new PrometheusQuerySourceConnector().config()),
                Arguments.of("kubernetes-watch.md", new KubernetesWatchSourceConnector().config()),
                Arguments.of("dns-probe.md", new DnsProbeSourceConnector().config()),
                Arguments.of("rollout-events.md", new RolloutEventsSourceConnector().config()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("pages")
    void showsTheOptionsThatTheCodeDeclares(String page, ConfigDef options) throws IOException {
        Path file = FOLDER.resolve(page);
        String text = Files.readString(file);
        int from = text.indexOf(BEGIN);
        int to = text.indexOf(END);
        assertThat(from).as("the page has the line " + BEGIN).isNotNegative();
        assertThat(to).as("the page has the line " + END).isGreaterThan(from);
        String expected = text.substring(0, from) + BEGIN + OptionsMarkdown.of(options) + text.substring(to);
        if (Boolean.getBoolean("andon.docs.write")) {
            Files.writeString(file, expected);
        } else {
            assertThat(text)
                    .as("options of " + page + "; bring them up to date with -Dandon.docs.write=true")
                    .isEqualTo(expected);
        }
    }
}
