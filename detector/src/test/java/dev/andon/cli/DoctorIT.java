package dev.andon.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.andon.http.HttpInterface;
import dev.andon.service.AndonService;
import dev.andon.service.DetectorStreams;
import dev.andon.service.config.AndonConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The doctor on a service that runs, and on one that does not. */
class DoctorIT {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void saysWhatIsWellWhatIsMissingAndWhatToDo() throws IOException {
        AtomicReference<String> address = new AtomicReference<>("");
        Supplier<String> url = () -> Objects.requireNonNull(address.get());
        AndonConfig config = AndonConfig.parse(
                "andon.yaml",
                "kafka: {port: 0, partitions: 2, replication.factor: 1}\nhttp: {port: 0}\ndata: {dir: '"
                        + folder.resolve("data") + "'}\n",
                name -> Optional.empty());
        AndonService.Http http = service -> {
            HttpInterface opened = HttpInterface.open(service, Clock.systemUTC());
            address.set(opened.url());
            return opened;
        };
        try (AndonService service = AndonService.start(
                config,
                new AndonService.Parts(
                        DetectorStreams.factory(Clock.systemUTC()), http, Optional.empty(), Clock.systemUTC()))) {
            await().atMost(Duration.ofMinutes(1)).until(() -> service.health().ready());
            Path file = config(service.bootstrapServers(), 2);
            Terminal healthy = doctor(file, url.get(), ExitCode.FAILED);
            assertThat(healthy.out())
                    .contains("ok    broker                       1 broker answers")
                    .contains("ok    topics", "ok    partitions", "ok    rights", "ok    clock of the service")
                    .contains("fail  telemetry of prod-1          none")
                    .contains("skip  delivery");
            Terminal wrong = doctor(config(service.bootstrapServers(), 3), url.get(), ExitCode.FAILED);
            assertThat(wrong.out())
                    .contains("fail  partitions", "andon.rollouts has 2")
                    .contains("-> set kafka.partitions and kafka.fleet.partitions to what is there");
            Terminal delivery = doctor(file, url.get(), ExitCode.FAILED, "--test-delivery", "--patience", "1");
            assertThat(delivery.out())
                    .contains("fail  delivery", "no sink said anything of the test signal within 1 s");
        }
    }

    @Test
    void saysThatNothingAnswersAndHowToStartIt() throws IOException {
        Terminal terminal = doctor(config("127.0.0.1:1", 1), "http://127.0.0.1:1", ExitCode.FAILED);
        assertThat(terminal.out())
                .contains("fail  broker", "127.0.0.1:1 does not answer", "-> check kafka.bootstrap.servers")
                .contains("fail  service", "-> start andon run, or name it with --url");
    }

    private Terminal doctor(Path config, String url, int code, String... more) {
        Terminal terminal = new Terminal();
        String[] args = new String[5 + more.length];
        String[] first = {"doctor", "--config", config.toString(), "--url", url};
        System.arraycopy(first, 0, args, 0, first.length);
        System.arraycopy(more, 0, args, first.length, more.length);
        assertThat(terminal.run(args)).as(terminal.err() + terminal.out()).isEqualTo(code);
        return terminal;
    }

    private Path config(String kafka, int partitions) throws IOException {
        return Files.writeString(
                folder.resolve("andon-" + partitions + ".yaml"),
                "kafka: {bootstrap.servers: '" + kafka + "', partitions: " + partitions
                        + "}\nclusters: [{name: prod-1}]\ndata: {dir: '" + folder.resolve("other") + "'}\n");
    }
}
