package dev.andon.connect.alertmanager;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A real Alertmanager on a free port of loopback, as Debian packs it. */
final class AlertmanagerProcess implements AutoCloseable {
    private static final String PROGRAM = "prometheus-alertmanager";
    private static final Pattern ADDRESS = Pattern.compile("address=(127\\.0\\.0\\.1:\\d+)");

    private final Process process;
    private final URI uri;

    /** @param notify gets what a receiver of Alertmanager gets */
    AlertmanagerProcess(Path folder, URI notify) throws Exception {
        Files.createDirectories(folder);
        Path config = folder.resolve("alertmanager.yml");
        Files.writeString(config, """
                route:
                  receiver: on-call
                  group_by: [alertname, rollout, cluster]
                  group_wait: 0s
                  group_interval: 1s
                receivers:
                  - name: on-call
                    webhook_configs:
                      - url: %s
                        send_resolved: true
                """.formatted(notify));
        process = new ProcessBuilder(
                        program().toString(),
                        "--config.file=" + config,
                        "--storage.path=" + folder.resolve("data"),
                        "--web.listen-address=127.0.0.1:0",
                        "--cluster.listen-address=")
                .redirectErrorStream(true)
                .start();
        uri = URI.create("http://" + address().get(30, TimeUnit.SECONDS));
    }

    /** Where the program is; without it the test is skipped, or fails where everything must be there. */
    private static Path program() {
        Optional<Path> found = Arrays.stream(
                        System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
                .map(folder -> Path.of(folder, PROGRAM))
                .filter(Files::isExecutable)
                .findFirst();
        if (found.isEmpty() && "true".equals(System.getenv("ANDON_CI"))) {
            throw new IllegalStateException(
                    "not on the PATH: " + PROGRAM + ", and with ANDON_CI=true that is a failure");
        }
        assumeTrue(found.isPresent(), "not on the PATH: " + PROGRAM);
        return found.orElseThrow();
    }

    /** What it says of its address; the rest of its log is read so that it never blocks. */
    private CompletableFuture<String> address() {
        CompletableFuture<String> address = new CompletableFuture<>();
        Thread reader = new Thread(() -> {
            try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    Matcher matcher = ADDRESS.matcher(line);
                    if (line.contains("Listening on") && matcher.find()) {
                        address.complete(matcher.group(1));
                    }
                }
                address.completeExceptionally(new IOException("the Alertmanager ended before it listened"));
            } catch (IOException e) {
                address.completeExceptionally(e);
            }
        });
        reader.setDaemon(true);
        reader.start();
        return address;
    }

    URI uri() {
        return uri;
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
