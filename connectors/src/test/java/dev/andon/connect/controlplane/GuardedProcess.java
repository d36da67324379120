package dev.andon.connect.controlplane;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A program that ends with this JVM, however that ends: a shell beside it reads a pipe that only the JVM holds open, and
 * kills the program as soon as that is closed.
 */
final class GuardedProcess implements AutoCloseable {
    private static final String GUARD = """
            exec 3<&0 </dev/null
            "$@" 3<&- >>"$0" 2>&1 &
            program=$!
            { read -r _ <&3; kill -9 $program; } >/dev/null 2>&1 &
            guard=$!
            echo $program
            exec >/dev/null 2>&1 3<&-
            wait $program
            code=$?
            kill -9 $guard
            exit $code
            """;

    private final Process guard;
    private final Path log;
    private final long program;

    private GuardedProcess(Process guard, Path log, long program) {
        this.guard = guard;
        this.log = log;
        this.program = program;
    }

    /** @param log takes what the program says; added to what is there */
    static GuardedProcess start(Path log, List<String> command, Map<String, String> environment) {
        List<String> guarded = new ArrayList<>(List.of("/bin/sh", "-c", GUARD, log.toString()));
        guarded.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(guarded);
        builder.environment().putAll(environment);
        try {
            Process guard = builder.start();
            BufferedReader said = guard.inputReader(StandardCharsets.UTF_8);
            return new GuardedProcess(guard, log, Long.parseLong(said.readLine()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean isRunning() {
        return guard.isAlive();
    }

    /** What it last said, for the message of a test that fails. */
    String lastWords() {
        try {
            List<String> lines = Files.readAllLines(log);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 15), lines.size()));
        } catch (IOException e) {
            return e.toString();
        }
    }

    /** Like a machine that loses its power: nothing is tidied up. Returns when it is gone. */
    void kill() {
        ProcessHandle.of(program).ifPresent(ProcessHandle::destroyForcibly);
        try {
            guard.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        kill();
    }
}
