package dev.andon.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The service as a process of its own, started by its launcher, as an operating system starts and stops it. */
class RunCommandIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Pattern STARTED = Pattern.compile("console and API at (\\S+), Kafka at (\\S+),");
    private static final int ENDED_BY_SIGTERM = 143;

    @TempDir
    private Path folder = Path.of("");

    private final List<Run> runs = new ArrayList<>();

    @AfterEach
    void endAll() throws InterruptedException {
        for (Run run : runs) run.process.destroyForcibly().waitFor();
    }

    @Test
    void answersItsProbesGuardsItsDataAndEndsWithinTenSecondsOfSigterm() throws Exception {
        Run service = start("data", "http: {port: 0}\nkafka: {port: 0, partitions: 1}\n");
        await().atMost(PATIENCE).until(() -> service.started().find() || !service.process.isAlive());
        assertThat(service.process.isAlive()).as(service.stderr()).isTrue();
        await().atMost(PATIENCE).until(() -> service.status("/readyz") == 200);
        assertThat(service.status("/healthz")).isEqualTo(200);
        assertThat(service.status("/metrics")).isEqualTo(200);

        assertThat(start("data", "http: {port: 0}\n").failure())
                .isEqualTo("andon: the data directory " + folder.resolve("data")
                        + " is in use by another process (process " + service.process.pid()
                        + "); stop that process or choose another data.dir");
        assertThat(start(
                                "other",
                                "http: {port: 0}\nkafka: {bootstrap.servers: '" + service.kafka()
                                        + "', partitions: 3}\n")
                        .failure())
                .startsWith("andon: topics with the wrong number of partitions: andon.rollouts has 1 instead of 3, ")
                .endsWith("; set kafka.partitions and kafka.fleet.partitions to what is there, delete these topics,"
                        + " or choose another kafka.topic.prefix");

        service.process.destroy();
        assertThat(service.process.waitFor(10, TimeUnit.SECONDS))
                .as(service.stderr())
                .isTrue();
        assertThat(service.process.exitValue()).isEqualTo(ENDED_BY_SIGTERM);
        assertThat(service.stderr()).doesNotContain("\tat ").doesNotContain("Exception");
    }

    @Test
    void saysInOneSentenceThatItsPortIsTaken() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String address = "127.0.0.1:" + taken.getLocalPort();
            assertThat(start("data", "http: {port: " + taken.getLocalPort() + "}\nkafka: {port: 0, partitions: 1}\n")
                            .failure())
                    .isEqualTo("andon: the HTTP address " + address + " is taken or not of this machine; stop the"
                            + " program that uses it, or set http.port: 0 to pick a free port");
        }
    }

    @Test
    void saysInOneSentenceThatKafkaDoesNotAnswer() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String address = "127.0.0.1:" + silent.getLocalPort();
            assertThat(start("data", "kafka: {bootstrap.servers: '" + address + "', request.timeout.ms: 1000}\n")
                            .failure())
                    .isEqualTo("andon: Kafka at " + address + " does not answer; check kafka.bootstrap.servers, that"
                            + " the broker runs, and security.protocol");
        }
    }

    private Run start(String data, String yaml) throws IOException {
        Path own = Files.createDirectory(folder.resolve("run-" + runs.size()));
        Path config =
                Files.writeString(own.resolve("andon.yaml"), "data: {dir: '" + folder.resolve(data) + "'}\n" + yaml);
        Path stderr = own.resolve("stderr");
        Path launcher = Path.of(Objects.requireNonNull(System.getProperty("andon.plugins")))
                .resolveSibling("bin")
                .resolve("andon");
        ProcessBuilder builder = new ProcessBuilder(launcher.toString(), "run", "--config", config.toString())
                .redirectError(stderr.toFile())
                .redirectOutput(own.resolve("stdout").toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Run run = new Run(builder.start(), stderr);
        runs.add(run);
        return run;
    }

    private record Run(Process process, Path file) {
        String stderr() throws IOException {
            return Files.readString(file);
        }

        Matcher started() throws IOException {
            return STARTED.matcher(stderr());
        }

        String kafka() throws IOException {
            Matcher started = started();
            assertThat(started.find()).isTrue();
            return started.group(2);
        }

        /** The last thing that it said; it must have ended with the exit code of a failure and without a stack trace. */
        String failure() throws IOException, InterruptedException {
            assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                    .as(stderr())
                    .isTrue();
            assertThat(process.exitValue()).as(stderr()).isEqualTo(ExitCode.FAILED);
            assertThat(stderr()).doesNotContain("\tat ");
            return stderr().strip().lines().reduce("", (before, line) -> line);
        }

        int status(String path) throws IOException, InterruptedException {
            Matcher started = started();
            assertThat(started.find()).isTrue();
            HttpRequest request = HttpRequest.newBuilder(URI.create(started.group(1) + path))
                    .timeout(Duration.ofSeconds(10))
                    .build();
            return HttpClient.newHttpClient()
                    .send(request, HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        }
    }
}
