package dev.andon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.andon.domain.InvalidInput;
import dev.andon.domain.RejectReason;
import dev.andon.service.StartException;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine.Command;

class AndonTest {
    private final Fails fails = new Fails();
    private final Terminal terminal = new Terminal(fails);

    @Command(name = "fail")
    static final class Fails implements Callable<Integer> {
        private RuntimeException failure = new IllegalStateException("not set");

        @Override
        public Integer call() {
            throw failure;
        }
    }

    @ParameterizedTest
    @CsvSource({"--help", "fail --help"})
    void printsHelpOnStdout(String args) {
        assertThat(terminal.run(args.split(" "))).isEqualTo(ExitCode.DONE);
        assertThat(terminal.out()).contains("Usage: andon");
        assertThat(terminal.err()).isEmpty();
    }

    @Test
    void namesTheExitCodesInItsHelp() {
        terminal.run("--help");
        assertThat(terminal.out()).contains("3   replay --fail-on-halt: a HALT was emitted");
    }

    @Test
    void saysItsVersion() {
        assertThat(terminal.run("--version")).isEqualTo(ExitCode.DONE);
        assertThat(terminal.out()).matches("andon \\S+ \\(Java \\d+\\)\\R").doesNotContain("$");
    }

    @Test
    void refusesAnUnknownOptionWithUsageAndCode2() {
        assertThat(terminal.run("fail", "--colour")).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(terminal.err())
                .contains("andon: Unknown option: '--colour'")
                .contains("Usage: andon fail")
                .contains("Try 'andon fail --help'");
        assertThat(terminal.out()).isEmpty();
    }

    @Test
    void refusesAMissingCommandWithCode2() {
        assertThat(terminal.run()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(terminal.err()).contains("Commands:").contains("a command is missing");
    }

    @Test
    void saysInOneSentenceWhatDidNotStart() {
        fails.failure = new StartException("port 8080 is taken", new IllegalStateException("inside"));
        assertThat(terminal.run("fail")).isEqualTo(ExitCode.FAILED);
        assertThat(terminal.err()).isEqualTo("andon: port 8080 is taken" + System.lineSeparator());
    }

    @Test
    void showsTheStackTraceOnlyWhenVerbose() {
        fails.failure = new StartException("port 8080 is taken", new IllegalStateException("inside"));
        assertThat(terminal.run("fail", "--verbose")).isEqualTo(ExitCode.FAILED);
        assertThat(terminal.err())
                .contains("andon: port 8080 is taken")
                .contains("Caused by: ")
                .contains("inside");
    }

    @ParameterizedTest
    @CsvSource({"BAD_INPUT, 2", "FAILED, 1"})
    void endsWithTheCodeOfTheFailure(String kind, int code) {
        fails.failure = kind.toLowerCase(Locale.ROOT).startsWith("bad")
                ? CommandException.badInput("the file is empty")
                : CommandException.failed("nothing was halted");
        assertThat(terminal.run("fail")).isEqualTo(code);
    }

    @Test
    void countsInvalidInputAsBadInput() {
        fails.failure = new InvalidInput(RejectReason.MISSING_FIELD, "cluster must not be empty");
        assertThat(terminal.run("fail")).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(terminal.err()).contains("andon: cluster must not be empty");
    }

    @Test
    void callsAnythingElseAMistakeOfItsOwn() {
        fails.failure = new NullPointerException("x is null");
        assertThat(terminal.run("fail")).isEqualTo(ExitCode.FAILED);
        assertThat(terminal.err()).contains("a mistake in this program").contains("--verbose shows where");
    }
}
