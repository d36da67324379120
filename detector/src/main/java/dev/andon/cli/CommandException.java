package dev.andon.cli;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** Ends a command with one sentence for the user and an exit code. The cause is shown with {@code --verbose} only. */
final class CommandException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final int exitCode;

    private CommandException(int exitCode, String sentence, @Nullable Throwable cause) {
        super(sentence, cause);
        this.exitCode = exitCode;
    }

    /** A file, a configuration or an argument is wrong: exit code 2. */
    static CommandException badInput(String sentence, @Nullable Throwable cause) {
        return new CommandException(ExitCode.BAD_INPUT, sentence, cause);
    }

    static CommandException badInput(String sentence) {
        return badInput(sentence, null);
    }

    /** The input was good and the work did not succeed: exit code 1. */
    static CommandException failed(String sentence, @Nullable Throwable cause) {
        return new CommandException(ExitCode.FAILED, sentence, cause);
    }

    static CommandException failed(String sentence) {
        return failed(sentence, null);
    }

    int exitCode() {
        return exitCode;
    }
}
