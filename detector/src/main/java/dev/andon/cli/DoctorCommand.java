package dev.andon.cli;

import dev.andon.service.config.AndonConfig;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code andon doctor}: whether everything that a halt needs is there, and what to do where it is not. */
@Command(
        name = "doctor",
        description =
                "Checks broker, topics, rights, telemetry, clocks, connectors and baselines, and says what to do.",
        footer = {
            "Examples:",
            "  andon doctor --config andon.yaml",
            "  andon doctor --config andon.yaml --test-delivery    also pages whoever is on call, with a test",
            "",
            "Ends with exit code 0 when nothing fails and 1 when something does."
        })
final class DoctorCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @ParentCommand
    private @Nullable Andon andon;

    @Option(names = "--config", required = true, paramLabel = "FILE", description = "The configuration, andon.yaml.")
    private Path config = Path.of("andon.yaml");

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "Where the service is (default: http.host and http.port of the configuration).")
    private @Nullable URI url;

    @Option(
            names = "--test-delivery",
            description =
                    "Send an ALARM that says that it is a test, and see which sinks deliver it. Pagers will ring.")
    private boolean testDelivery;

    @Option(
            names = "--patience",
            paramLabel = "SECONDS",
            defaultValue = "20",
            description = "How long to wait for deliveries (default: ${DEFAULT-VALUE}).")
    private int patienceSeconds;

    @Override
    public Integer call() {
        if (andon != null) andon.logging().silent();
        AndonConfig loaded = AndonConfig.load(config);
        Checkup checkup = new Checkup();
        checkup.ok("configuration", config + " is valid");
        Instant now = Clock.systemUTC().instant();
        Map<String, Object> client = client(loaded);
        boolean kafka = new KafkaCheckup(loaded, client, checkup, now).look();
        new ServiceCheckup(service(loaded), checkup, Clock.systemUTC().instant()).look();
        if (!testDelivery)
            checkup.skip("delivery", "not tried; --test-delivery sends a signal that is marked as a test");
        else if (!kafka) checkup.skip("delivery", "not tried, because of what failed above");
        else {
            new DeliveryTest(client, loaded.kafka().topics(), checkup, Duration.ofSeconds(patienceSeconds)).run(now);
        }
        print(checkup);
        return checkup.count(Checkup.Level.FAIL) == 0 ? ExitCode.DONE : ExitCode.FAILED;
    }

    private static Map<String, Object> client(AndonConfig config) {
        Map<String, Object> client = new HashMap<>(config.kafka().clients().values());
        client.put(
                "bootstrap.servers",
                config.kafka()
                        .bootstrapServers()
                        .orElse("127.0.0.1:" + config.kafka().port()));
        return client;
    }

    private URI service(AndonConfig config) {
        if (url != null) return url;
        String host = config.http().host().equals("0.0.0.0")
                ? "127.0.0.1"
                : config.http().host();
        return URI.create("http://" + host + ":" + config.http().port());
    }

    private void print(Checkup checkup) {
        PrintWriter out = spec.commandLine().getOut();
        for (Checkup.Finding finding : checkup.findings()) {
            out.printf(
                    "%-5s %-28s %s%n", finding.level().name().toLowerCase(Locale.ROOT), finding.what(), finding.saw());
            if (!finding.todo().isEmpty()) out.printf("      %-28s -> %s%n", "", finding.todo());
        }
        out.printf(
                "%n%d fine, %d to look at, %d failed, %d not looked at%n",
                checkup.count(Checkup.Level.OK),
                checkup.count(Checkup.Level.WARN),
                checkup.count(Checkup.Level.FAIL),
                checkup.count(Checkup.Level.SKIP));
        out.flush();
    }
}
