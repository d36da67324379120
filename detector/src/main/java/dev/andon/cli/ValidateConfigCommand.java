package dev.andon.cli;

import dev.andon.service.ConnectorCheck;
import dev.andon.service.config.AndonConfig;
import dev.andon.service.config.ConfigException;
import dev.andon.service.config.ConfigProblem;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code andon validate-config}: every problem of a configuration at once. */
@Command(
        name = "validate-config",
        description =
                "Checks a configuration, connectors included, and names every problem with its line, the value seen and what to do.",
        footer = {"Example:", "  andon validate-config andon.yaml && andon run --config andon.yaml"})
final class ValidateConfigCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "FILE", arity = "1", description = "The configuration, andon.yaml.")
    private Path file = Path.of("andon.yaml");

    @Override
    public Integer call() {
        AndonConfig config = AndonConfig.load(file);
        // What the options of a connector may be is known to the connector only.
        List<ConfigProblem> problems = Plugins.folder()
                .map(folder -> ConnectorCheck.problems(config, folder))
                .orElse(List.of());
        if (!problems.isEmpty()) throw new ConfigException(config.origin().file(), problems);
        PrintWriter out = spec.commandLine().getOut();
        out.println(file + " is valid: mode " + config.mode().name().toLowerCase(Locale.ROOT) + ", "
                + config.kafka()
                        .bootstrapServers()
                        .map(servers -> "Kafka at " + servers)
                        .orElse("embedded Kafka")
                + ", " + count(config.clusters().size(), "cluster") + ", "
                + count(config.webhooks().size(), "webhook") + ", "
                + count(config.connectors().size(), "further connector"));
        out.flush();
        return ExitCode.DONE;
    }

    private static String count(int number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }
}
