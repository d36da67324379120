package dev.andon.topology;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

/** A detector in a process of its own, which can be killed as a machine that fails kills it. */
final class KilledDetector {
    private KilledDetector() {}

    static Process spawn(TestInstall install, Path stateDirectory) throws IOException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        return new ProcessBuilder(List.of(
                        java.toString(),
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        KilledDetector.class.getName(),
                        install.bootstrapServers(),
                        install.topics().prefix(),
                        stateDirectory.toString()))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    public static void main(String[] args) {
        TestInstall install = new TestInstall(args[0], new Topics(args[1]));
        Clock afterwards = Clock.fixed(Instant.parse("2026-01-14T23:00:00Z"), ZoneOffset.UTC);
        install.detector(Path.of(args[2]), afterwards).start();
    }
}
