package dev.andon.connect.intake;

import java.io.File;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** A program that is not part of the build, started by a test on loopback and stopped with it. */
public final class Program implements AutoCloseable {
    private final Process process;

    private Program(Process process) {
        this.process = process;
    }

    /** Where the program is; without it the test is skipped, and with {@code ANDON_CI=true} it fails. */
    public static Path orSkip(String name) {
        String folders = System.getenv().getOrDefault("PATH", "") + File.pathSeparator + "/usr/sbin";
        Optional<Path> found = Stream.of(folders.split(File.pathSeparator, -1))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
        if (found.isEmpty() && "true".equals(System.getenv("ANDON_CI"))) {
            throw new IllegalStateException(
                    name + " is not on the PATH, and with ANDON_CI=true that is a failure:" + " install it in .ci/run");
        }
        Assumptions.assumeTrue(found.isPresent(), name + " is not on the PATH");
        return found.orElseThrow();
    }

    /** Starts it; what it says goes to a file {@code log} in the folder. */
    public static Program start(Path folder, List<String> command) throws IOException {
        return new Program(new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start());
    }

    /** A port that nobody uses just now. */
    public static int freePort() throws IOException {
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    public boolean isRunning() {
        return process.isAlive();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
