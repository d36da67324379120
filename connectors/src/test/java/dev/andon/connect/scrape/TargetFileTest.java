package dev.andon.connect.scrape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.andon.connect.scrape.TargetFile.Content;
import dev.andon.connect.scrape.TargetFile.UnusableException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TargetFileTest {
    private static final String AS_JSON = """
            [{"targets": ["10.0.0.4:6443", "10.0.0.5:6443"],
              "labels": {"cluster": "prod-1", "job": "apiserver", "replica": "a"}},
             {"targets": ["[fd00::4]:6443"]}]
            """;
    private static final String AS_YAML = """
            # written by the inventory
            - targets: [10.0.0.4:6443, 10.0.0.5:6443]
              labels: {cluster: prod-1, job: apiserver, replica: a}
            - targets:
                - "[fd00::4]:6443"
            """;

    @TempDir
    @SuppressWarnings("NullAway.Init") // the extension sets it
    Path folder;

    @ParameterizedTest
    @CsvSource({"t.json", "t.yml", "t.yaml", "T.YAML"})
    void readsGroupsOfTargetsInEitherFormat(String name) throws IOException, UnusableException {
        Content content = read(name, name.endsWith("json") ? AS_JSON : AS_YAML);

        assertThat(content.problems()).isEmpty();
        assertThat(content.targets())
                .containsExactly(
                        target("prod-1", "10.0.0.4:6443", "https://10.0.0.4:6443/metrics"),
                        target("prod-1", "10.0.0.5:6443", "https://10.0.0.5:6443/metrics"),
                        target("fallback", "[fd00::4]:6443", "https://[fd00::4]:6443/metrics"));
    }

    @Test
    void makesTheUrlOfTheLabelsThatPrometheusMakesItOf() throws IOException, UnusableException {
        Content content = read("t.json", """
                [{"targets": ["api.example.org"],
                  "labels": {"__scheme__": "http", "__metrics_path__": "/metrics/slis", "__param_b": "x y",
                             "__param_a": "1&2", "__address__": "ignored:1", "instance": "api-1",
                             "__scrape_interval__": "1m"}}]
                """);

        assertThat(content.targets())
                .containsExactly(target("fallback", "api-1", "http://api.example.org/metrics/slis?a=1%262&b=x+y"));
    }

    @Test
    void takesHttpForGrantedAtDnsServers() throws IOException, UnusableException {
        Path file = Files.writeString(folder.resolve("d.json"), "[{\"targets\":[\"10.2.0.9:9153\"]}]");

        assertThat(new TargetFile(Target.Kind.DNS, file, Optional.of("prod"))
                        .read()
                        .targets())
                .containsExactly(new Target(
                        Target.Kind.DNS, "prod", "10.2.0.9:9153", URI.create("http://10.2.0.9:9153/metrics"), true));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"targets":["https://h:1/metrics"]}               | group 2: the address 'https://h:1/metrics' is not of the form host:port; scheme and path are the labels __scheme__ and __metrics_path__
            {"targets":["u:secret@h:1"]}                      | group 2: the address '…@h:1' is not of the form host:port; scheme and path are the labels __scheme__ and __metrics_path__
            {"targets":["h:1"],"labels":{"__scheme__":"ftp"}} | group 2: __scheme__ of 'h:1' is 'ftp'; it must be http or https
            {"targets":["h_1:x"]}                             | group 2: the address 'h_1:x' is not of the form host:port
            {"targets":[""]}                                  | group 2: a target has no address; name it under targets as host:port
            {"targets":["h h"]}                               | group 2: address and path of 'h h' make no URL: Illegal character in authority
            {"targets":["h:1"],"labels":{"cluster":""}}       | group 2: the target 'h:1' has no label cluster, and the option cluster is not set
            {"target":["h:1"]}                                | group 2 has no list called targets
            7                                                 | group 2 has no list called targets
            """)
    void leavesOutWhatCannotBeScrapedAndSaysWhy(String group, String problem) throws IOException, UnusableException {
        Content content = read("t.json", "[{\"targets\":[\"good:1\"]}," + group + ",{\"targets\":[\"fine:1\"]}]");

        assertThat(content.targets()).extracting(Target::instance).containsExactly("good:1", "fine:1");
        assertThat(content.problems()).containsExactly(folder.resolve("t.json") + ": " + problem);
    }

    @Test
    void asksForAClusterThatNobodyNamed() throws IOException, UnusableException {
        Path file = Files.writeString(folder.resolve("t.json"), "[{\"targets\":[\"h:1\"]}]");

        assertThat(new TargetFile(Target.Kind.DNS, file, Optional.empty())
                        .read()
                        .problems())
                .containsExactly(
                        file + ": group 1: the target 'h:1' has no label cluster, and the option cluster is not set");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            t.json | ``                       | holds no list; write a list of groups, or [] for no target
            t.yaml | ``                       | holds no list; write a list of groups, or [] for no target
            t.json | {"targets":["a:1"]}      | holds no list; write a list of groups, or [] for no target
            t.json | [{"targets":["s3cret:1   | is no valid JSON near line 1
            t.json | [] trailing              | is no valid JSON near line 1
            t.yaml | `- targets: [a:1, `      | is no valid YAML near line 1
            """)
    void doesNotTakeABrokenFileForAnEmptyList(String name, String text, String why) {
        assertThatExceptionOfType(UnusableException.class)
                .isThrownBy(() -> read(name, text))
                .withMessage(folder.resolve(name) + " " + why);
    }

    @Test
    void takesAnEmptyListForWhatItSays() throws IOException, UnusableException {
        assertThat(read("t.yaml", "[]")).isEqualTo(new Content(List.of(), List.of()));
    }

    @Test
    void refusesAFileThatIsSomethingElse() {
        assertThatExceptionOfType(UnusableException.class)
                .isThrownBy(() -> read("t.json", "[" + " ".repeat(TargetFile.MAX_BYTES) + "]"))
                .withMessageEndingWith("is larger than 8388608 bytes");
    }

    @Test
    void saysThatAFileIsNotThere() {
        assertThatExceptionOfType(UnusableException.class)
                .isThrownBy(() -> file("none.json").read())
                .withMessage(folder.resolve("none.json") + " cannot be read: NoSuchFileException");
    }

    private Content read(String name, String text) throws IOException, UnusableException {
        Files.writeString(folder.resolve(name), text);
        return file(name).read();
    }

    private TargetFile file(String name) {
        return new TargetFile(Target.Kind.APISERVER, folder.resolve(name), Optional.of("fallback"));
    }

    private static Target target(String cluster, String instance, String url) {
        return new Target(Target.Kind.APISERVER, cluster, instance, URI.create(url), true);
    }
}
