package dev.andon.cli;

import dev.andon.domain.Mode;
import dev.andon.http.HttpInterface;
import dev.andon.service.AndonService;
import dev.andon.service.DetectorStreams;
import dev.andon.service.config.AndonConfig;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code andon run}: the service. */
@Command(
        name = "run",
        description = "Runs the service until it is told to stop (Ctrl-C or SIGTERM).",
        footer = {
            "Examples:",
            "  andon run --config andon.yaml",
            "",
            "Without kafka.bootstrap.servers in the file a broker is started in this process, and",
            "its data is kept in data.dir."
        })
final class RunCommand implements Callable<Integer> {
    private static final Duration LOOK = Duration.ofSeconds(1);

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @ParentCommand
    private @Nullable Andon andon;

    @Option(names = "--config", required = true, paramLabel = "FILE", description = "The configuration, andon.yaml.")
    private Path config = Path.of("andon.yaml");

    @Override
    public Integer call() {
        if (andon != null) andon.logging().service();
        AndonConfig loaded = AndonConfig.load(config);
        Clock clock = Clock.systemUTC();
        AndonService.Http http = service -> {
            HttpInterface opened = HttpInterface.open(service, clock);
            say(service, opened);
            return opened;
        };
        try (StopRequest stop = StopRequest.listen();
                AndonService service = AndonService.start(
                        loaded,
                        new AndonService.Parts(DetectorStreams.factory(clock), http, Plugins.folder(), clock))) {
            while (!stop.await(LOOK)) {
                if (!service.health().live()) throw CommandException.failed(dead(service));
            }
            return ExitCode.DONE;
        }
    }

    /** A process that is broken for good must end, so that whatever looks after it can start it again. */
    private static String dead(AndonService service) {
        return "a part of the service has failed for good and it ends: "
                + service.health().components().stream()
                        .filter(component -> component.reason().isPresent())
                        .map(component ->
                                component.name() + " (" + component.reason().orElse("") + ")")
                        .toList();
    }

    private void say(AndonService service, HttpInterface http) {
        PrintWriter err = spec.commandLine().getErr();
        AndonConfig loaded = service.config();
        err.println("andon: console and API at " + http.url() + ", Kafka at " + service.bootstrapServers() + ", "
                + loaded.clusters().size() + " clusters, "
                + (loaded.mode() == Mode.ENFORCE ? "signals are acted upon" : "only observing (mode: observe)"));
        err.flush();
    }
}
