package dev.andon.connect.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.ConfigKey;
import org.junit.jupiter.api.Test;

/** The table of options in the documentation is what the code says. */
class WebhookReferenceTest {
    private static final Path PAGE = Path.of("../docs/reference/webhook-sink.md");
    private static final String START = "<!-- options: written by WebhookReferenceTest -->\n";
    private static final String END = "<!-- end of options -->\n";

    @Test
    void thePageListsEveryOptionAsItIsDeclared() throws IOException {
        String page = Files.readString(PAGE);

        assertThat(page).contains(START).contains(END);
        assertThat(page.substring(page.indexOf(START) + START.length(), page.indexOf(END)))
                .as("replace what stands between the two comments in %s by", PAGE)
                .isEqualTo(table());
    }

    private static String table() {
        List<ConfigKey> keys =
                List.copyOf(WebhookSinkConfig.OPTIONS.configKeys().values());
        return keys.stream()
                        .map(key -> key.group)
                        .distinct()
                        .map(group -> "\n### " + group + "\n\n"
                                + "| option | type | default | range | meaning |\n| --- | --- | --- | --- | --- |\n"
                                + keys.stream()
                                        .filter(key -> key.group.equals(group))
                                        .map(WebhookReferenceTest::row)
                                        .collect(Collectors.joining()))
                        .collect(Collectors.joining())
                + "\n";
    }

    private static String row(ConfigKey key) {
        String range =
                key.validator == null || key.validator.toString().contains("Lambda") ? "" : key.validator.toString();
        String cells = "`" + key.name + "` | " + key.type.name().toLowerCase(java.util.Locale.ROOT) + " | "
                + defaultOf(key) + " | " + range + " | " + key.documentation;
        return "| " + cells.replace("`|`", "a vertical bar") + " |\n";
    }

    private static String defaultOf(ConfigKey key) {
        if (!key.hasDefault()) {
            return "required";
        }
        if (key.defaultValue == null) {
            return "none";
        }
        String text = ConfigDef.convertToString(key.defaultValue, key.type);
        return text == null || text.isEmpty() || key.type == ConfigDef.Type.PASSWORD ? "none" : "`" + text + "`";
    }
}
