package dev.andon.cli;

import dev.andon.domain.InvalidInput;
import dev.andon.service.StartException;
import dev.andon.service.config.ConfigException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns what went wrong into one sentence on stderr and an exit code; the stack trace is for {@code --verbose}. */
final class Failures implements IExecutionExceptionHandler, IParameterExceptionHandler {
    private final Logging logging;

    Failures(Logging logging) {
        this.logging = logging;
    }

    @Override
    public int handleExecutionException(Exception e, CommandLine command, ParseResult parsed) {
        PrintWriter err = command.getErr();
        err.println(command.getColorScheme().errorText("andon: " + sentence(e)));
        if (logging.verbose()) {
            e.printStackTrace(err);
        }
        err.flush();
        return exitCode(e);
    }

    @Override
    public int handleParseException(ParameterException e, String[] args) {
        CommandLine command = e.getCommandLine();
        PrintWriter err = command.getErr();
        err.println(command.getColorScheme().errorText("andon: " + e.getMessage()));
        UnmatchedArgumentException.printSuggestions(e, err);
        err.print(command.getHelp().fullSynopsis());
        err.println("Try '" + command.getCommandSpec().qualifiedName() + " --help' for every option.");
        err.flush();
        return ExitCode.BAD_INPUT;
    }

    private static int exitCode(Exception e) {
        if (e instanceof CommandException ours) return ours.exitCode();
        return e instanceof InvalidInput || e instanceof ConfigException ? ExitCode.BAD_INPUT : ExitCode.FAILED;
    }

    private static String sentence(Exception e) {
        String message = e.getMessage();
        boolean said = e instanceof CommandException
                || e instanceof StartException
                || e instanceof InvalidInput
                || e instanceof ConfigException;
        if (message != null && said) return message;
        if (e instanceof UncheckedIOException io) return String.valueOf(io.getCause());
        return "unexpected failure, which is a mistake in this program: " + e + "; --verbose shows where";
    }
}
