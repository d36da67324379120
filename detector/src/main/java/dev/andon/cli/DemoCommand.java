package dev.andon.cli;

import dev.andon.service.DetectorStreams;
import dev.andon.simulate.Scenarios;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code andon demo}: an incident and its end, live, on one machine. */
@Command(
        name = "demo",
        description =
                "Shows a bad rollout being halted: simulated clusters, real Kafka, real connectors, in one process.",
        footer = {
            "Examples:",
            "  andon demo                          the incident, halted",
            "  andon demo --no-andon               the same incident, unhalted",
            "  andon demo --scenario list          what else can be shown",
            "  andon demo --json --record demo-1   for programs, and for andon replay"
        })
final class DemoCommand implements Callable<Integer> {
    private static final int USUAL_PORT = 8080;
    private static final Duration START = Duration.ofSeconds(90);
    private static final Duration LOOK = Duration.ofMillis(100);

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @ParentCommand
    private @Nullable Andon andon;

    @Option(
            names = "--scenario",
            paramLabel = "NAME",
            defaultValue = "dns-masked-control-plane",
            description = "What happens (default: ${DEFAULT-VALUE}); 'list' names them all.")
    private String scenario = "";

    @Option(
            names = "--seed",
            defaultValue = "42",
            description = "Decides all that is random (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--speed",
            paramLabel = "N",
            defaultValue = "1",
            description =
                    "Simulated seconds per second, 0.1 to 10 (default: ${DEFAULT-VALUE}). Samples are taken once per"
                            + " second whatever the speed, so Andon sees less at a higher one.")
    private double speed;

    @Option(names = "--no-andon", description = "Switch Andon off: nothing detects and nothing halts.")
    private boolean noAndon;

    @Option(names = "--json", description = "Print the summary as one JSON object on stdout.")
    private boolean json;

    @Option(names = "--record", paramLabel = "DIR", description = "Write what went through the topics as a recording.")
    private @Nullable Path recording;

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            description = "Keep the data of the broker here; must be empty or new (default: a temporary folder).")
    private @Nullable Path data;

    @Option(
            names = "--port",
            paramLabel = "N",
            description =
                    "Port of console and API, 0 for any free one (default: 8080, or any free one if it is taken).")
    private @Nullable Integer port;

    @Override
    public Integer call() throws IOException {
        if (scenario.equals("list")) return list();
        Scenarios chosen = check();
        if (andon != null) andon.logging().silent();
        try (StopRequest stop = StopRequest.listen();
                DemoFolder folder = DemoFolder.of(Optional.ofNullable(data))) {
            err().println("andon: starting Kafka, the connectors and the detector ...");
            err().flush();
            Demo.Options options = new Demo.Options(chosen, seed, speed, !noAndon, port(), folder.path());
            try (Demo demo = Demo.start(
                    options,
                    DetectorStreams.factory(Clock.systemUTC()),
                    Plugins.folder(),
                    Clock.systemUTC(),
                    this::warn)) {
                return run(demo, stop);
            }
        }
    }

    private int list() {
        PrintWriter out = spec.commandLine().getOut();
        for (Scenarios each : Scenarios.values()) out.printf("%-26s %s%n", each.label(), each.description());
        out.flush();
        return ExitCode.DONE;
    }

    private Scenarios check() {
        if (!(speed >= 0.1 && speed <= 10)) {
            throw new ParameterException(spec.commandLine(), "--speed must be between 0.1 and 10 but was " + speed);
        }
        if (recording != null && Files.exists(recording.resolve("rollouts.jsonl"))) {
            throw new ParameterException(
                    spec.commandLine(), "--record " + recording + " holds a recording already; choose another folder");
        }
        try {
            return Scenarios.named(scenario);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    private int run(Demo demo, StopRequest stop) {
        awaitStart(demo, stop);
        DemoDisplay display = DemoDisplay.on(err());
        demo.begin();
        DemoFrame frame = demo.frame();
        while (!stop.asked() && !demo.over(frame)) {
            display.show(frame);
            stop.await(LOOK);
            frame = demo.frame();
        }
        display.end(frame);
        if (stop.asked()) return ExitCode.FAILED;
        if (recording != null) {
            demo.record(recording);
            warn("recorded; andon replay " + recording + " decides it again");
        }
        return report(demo.outcome(), frame);
    }

    private void awaitStart(Demo demo, StopRequest stop) {
        long deadline = System.nanoTime() + START.toNanos();
        for (Optional<String> missing = demo.waitingFor(); missing.isPresent(); missing = demo.waitingFor()) {
            if (System.nanoTime() > deadline) {
                throw CommandException.failed(
                        "not everything was ready after " + START.toSeconds() + " s: " + missing.get());
            }
            if (stop.await(LOOK)) return;
        }
    }

    private int report(DemoOutcome outcome, DemoFrame frame) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(DemoSummary.json(outcome));
        } else {
            List<String> lines = DemoSummary.lines(outcome, frame.begin());
            out.println();
            lines.forEach(out::println);
        }
        out.flush();
        if (outcome.failure().isPresent()) {
            throw CommandException.failed(
                    "the demo did not end as it should: " + outcome.failure().get());
        }
        return ExitCode.DONE;
    }

    /** The usual port is a convenience: one that somebody asked for is a must. */
    private int port() {
        if (port != null) return port;
        try (ServerSocket probe = new ServerSocket(USUAL_PORT, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        } catch (IOException taken) {
            return 0;
        }
    }

    private void warn(String problem) {
        err().println("andon: " + problem);
        err().flush();
    }

    private PrintWriter err() {
        return spec.commandLine().getErr();
    }
}
