package dev.andon.cli;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The program: {@code andon COMMAND}. */
@Command(
        name = "andon",
        description = "Watches every rollout and pulls the cord on the one that hurts its cluster.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        scope = ScopeType.INHERIT,
        sortOptions = false,
        subcommands = {
            DemoCommand.class,
            RunCommand.class,
            ReplayCommand.class,
            BacktestCommand.class,
            RecordCommand.class,
            ValidateConfigCommand.class,
            TopologyCommand.class,
            StatusCommand.class,
            DoctorCommand.class,
            OverrideCommand.class
        },
        commandListHeading = "%nCommands:%n",
        footerHeading = "%n",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:failed; the last line on stderr says why",
            "2:bad input or usage",
            "3:replay --fail-on-halt: a HALT was emitted"
        })
public final class Andon implements Runnable {
    private final Logging logging;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--verbose",
            scope = ScopeType.INHERIT,
            description = "Log what happens inside, and show stack traces.")
    void verbose(boolean on) {
        if (on) logging.showEverything();
    }

    private Andon(Logging logging) {
        this.logging = logging;
        this.spec = CommandSpec.create();
    }

    /** Runs the program and ends the process with its exit code. */
    public static void main(String[] args) {
        System.exit(commandLine(new Logging()).execute(args));
    }

    /** Returns what decides how much is logged, for commands. */
    Logging logging() {
        return logging;
    }

    /** @return the whole command line, for running, for tests and for the generated reference */
    static CommandLine commandLine(Logging logging) {
        CommandLine command = new CommandLine(new Andon(logging));
        Failures failures = new Failures(logging);
        return command.setExecutionExceptionHandler(failures)
                .setParameterExceptionHandler(failures)
                .setUsageHelpAutoWidth(true)
                .setAbbreviatedOptionsAllowed(false)
                .setCaseInsensitiveEnumValuesAllowed(true);
    }

    /** Without a command there is nothing to do: says which there are. */
    @Override
    public void run() {
        PrintWriter err = spec.commandLine().getErr();
        spec.commandLine().usage(err);
        err.flush();
        throw new ParameterException(spec.commandLine(), "a command is missing");
    }
}
