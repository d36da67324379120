package dev.andon.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.andon.codec.InputKind;
import dev.andon.codec.JsonCodec;
import dev.andon.domain.Input;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the documentation tells people to type is what the program understands, and where it points to is there. */
class DocumentedCommandsTest {
    private static final Path ROOT = Path.of("..");
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```\\w*\\n(.*?)^```");
    private static final Pattern COMMAND = Pattern.compile("(?m)^(?:\\./|bin/)?andon +([^#\\n]+)");
    private static final Pattern INLINE = Pattern.compile("`andon ([a-z][a-z-]+)[^`]*`");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)(?:#([^)]*))?\\)");

    @Test
    void everyCommandInABlockIsUnderstood() throws IOException {
        int commands = 0;
        for (Path page : pages()) {
            Matcher block = BLOCK.matcher(Files.readString(page));
            while (block.find()) {
                Matcher command = COMMAND.matcher(block.group(1).replaceAll("\\\\\\n\\s*", " "));
                while (command.find()) {
                    commands++;
                    String[] words = command.group(1).strip().split("\\s+", -1);
                    if (words[0].equals("demo:")) continue;
                    assertThatCode(() -> Andon.commandLine(new Logging()).parseArgs(words))
                            .as(page + ": andon " + String.join(" ", words))
                            .doesNotThrowAnyException();
                }
            }
        }
        assertThat(commands).isGreaterThan(15);
    }

    /** Those that need nothing but a configuration are run; commands that need a service or a history have tests of their own. */
    @Test
    void theGuidesConfigurationIsValidAndItsCommandsRun(@TempDir Path folder) throws IOException {
        Matcher yaml = Pattern.compile("(?ms)^```yaml\\n(.*?)^```").matcher(guide());
        assertThat(yaml.find()).isTrue();
        Path config = Files.writeString(
                folder.resolve("andon.yaml"),
                yaml.group(1)
                        .replace("/etc/andon", folder.toString())
                        .replace("/var/lib/andon", folder.resolve("data").toString())
                        .replace("${env:ANDON_CI_TOKEN}", "a-token-of-a-test-0123456789"));
        Files.writeString(folder.resolve("prod-1.token"), "a token\n");
        Files.writeString(folder.resolve("prod-1.crt"), "a certificate\n");
        for (String[] command : new String[][] {
            {"validate-config", config.toString()},
            {"topology", "--config", config.toString()},
            {"topology"},
            {"override", "--help"}
        }) {
            Terminal terminal = new Terminal();
            assertThat(terminal.run(command)).as(String.join(" ", command)).isEqualTo(ExitCode.DONE);
            assertThat(terminal.out()).isNotBlank();
        }
    }

    @Test
    void theEventThatTheGuidePostsIsOne() throws IOException {
        Matcher body = Pattern.compile("(?s)-d \\\\\\s*'(\\{.*?\\})'").matcher(guide());
        assertThat(body.find()).isTrue();
        Input event = new JsonCodec(field -> {
                    throw new AssertionError("the guide has an unknown field: " + field);
                })
                .read(InputKind.ROLLOUTS, body.group(1));
        assertThat(event.cluster()).isEqualTo("prod-1");
    }

    private static String guide() throws IOException {
        return Files.readString(ROOT.resolve("docs/getting-started.md"));
    }

    @Test
    void everyCommandNamedInASentenceExists() throws IOException {
        for (Path page : pages()) {
            Matcher command = INLINE.matcher(Files.readString(page));
            while (command.find()) {
                assertThat(Andon.commandLine(new Logging()).getSubcommands())
                        .as(page.toString())
                        .containsKey(command.group(1));
            }
        }
    }

    @Test
    void everyLinkToAFileLeadsSomewhere() throws IOException {
        for (Path page : pages()) {
            Matcher link = LINK.matcher(Files.readString(page));
            while (link.find()) {
                assertThat(page.resolveSibling(link.group(1)).normalize())
                        .as(page + ": " + link.group())
                        .exists();
            }
        }
    }

    private static List<Path> pages() throws IOException {
        List<Path> pages = new ArrayList<>(List.of(ROOT.resolve("README.md"), ROOT.resolve("SECURITY.md")));
        try (var files = Files.walk(ROOT.resolve("docs"))) {
            files.filter(file -> file.toString().endsWith(".md"))
                    .filter(file -> !file.toString().contains("0000-template"))
                    .sorted()
                    .forEach(pages::add);
        }
        return pages;
    }
}
