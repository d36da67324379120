package dev.andon.connect.reference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.andon.connect.alertmanager.AlertmanagerSinkConnector;
import dev.andon.connect.argocd.ArgoCdSinkConnector;
import dev.andon.connect.cloudevents.CloudEventsSinkConnector;
import dev.andon.connect.kubernetes.KubernetesSinkConnector;
import dev.andon.connect.pagerduty.PagerDutySinkConnector;
import dev.andon.connect.slack.SlackSinkConnector;
import dev.andon.connect.spinnaker.SpinnakerSinkConnector;
import dev.andon.connect.webhook.WebhookSinkConnector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.ConfigKey;
import org.apache.kafka.connect.sink.SinkConnector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The table of options on a sink's page is what the code says. Run with {@code -Dandon.docs.write=true} to write it
 * there; the prose around it is written by hand.
 */
class SinkPagesTest {
    private static final Path FOLDER = Path.of("..", "docs", "reference");
    private static final String START = "<!-- options: generated from the code by SinkPagesTest -->\n";
    private static final String END = "<!-- end of options -->\n";

    static Stream<Arguments> pages() {
        return Stream.of(
                Arguments.of("alertmanager-sink.md", new AlertmanagerSinkConnector()),
                Arguments.of("argocd-sink.md", new ArgoCdSinkConnector()),
                Arguments.of("cloudevents-sink.md", new CloudEventsSinkConnector()),
                Arguments.of("kubernetes-sink.md", new KubernetesSinkConnector()),
                Arguments.of("pagerduty-sink.md", new PagerDutySinkConnector()),
                Arguments.of("slack-sink.md", new SlackSinkConnector()),
                Arguments.of("spinnaker-sink.md", new SpinnakerSinkConnector()),
                Arguments.of("webhook-sink.md", new WebhookSinkConnector()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("pages")
    void listsEveryOptionAsItIsDeclared(String name, SinkConnector connector) throws IOException {
        Path file = FOLDER.resolve(name);
        String page = Files.readString(file);
        assertThat(page)
                .contains(START)
                .contains(END)
                .contains(connector.getClass().getName());
        int from = page.indexOf(START) + START.length();
        int to = page.indexOf(END);
        if (Boolean.getBoolean("andon.docs.write")) {
            Files.writeString(file, page.substring(0, from) + table(connector.config()) + page.substring(to));
        } else {
            assertThat(page.substring(from, to))
                    .as("options of %s; bring them up to date with -Dandon.docs.write=true", name)
                    .isEqualTo(table(connector.config()));
        }
    }

    @Test
    void hasAPageForEverySinkThatAWorkerFinds() {
        assertThat(ServiceLoader.load(SinkConnector.class).stream()
                        .map(found -> found.type().getName()))
                .containsExactlyInAnyOrderElementsOf(
                        pages().map(page -> page.get()[1].getClass().getName()).toList());
    }

    private static String table(ConfigDef options) {
        List<ConfigKey> keys = List.copyOf(options.configKeys().values());
        return keys.stream()
                        .map(key -> key.group)
                        .distinct()
                        .map(group -> "\n### " + group + "\n\n"
                                + "| option | type | default | range | meaning |\n| --- | --- | --- | --- | --- |\n"
                                + keys.stream()
                                        .filter(key -> key.group.equals(group))
                                        .map(SinkPagesTest::row)
                                        .collect(Collectors.joining()))
                        .collect(Collectors.joining())
                + "\n";
    }

    private static String row(ConfigKey key) {
        String range =
                key.validator == null || key.validator.toString().contains("Lambda") ? "" : key.validator.toString();
        String cells = "`" + key.name + "` | " + key.type.name().toLowerCase(Locale.ROOT) + " | " + defaultOf(key)
                + " | " + range + " | " + key.documentation;
        return "| " + cells.replace("`|`", "a vertical bar") + " |\n";
    }

    private static String defaultOf(ConfigKey key) {
        if (!key.hasDefault()) {
            return "required";
        }
        String text = key.defaultValue == null ? null : ConfigDef.convertToString(key.defaultValue, key.type);
        return text == null || text.isEmpty() || key.type == ConfigDef.Type.PASSWORD ? "none" : "`" + text + "`";
    }
}
