package dev.andon.service;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;

/** A Connect worker with one packaged connector in a process of its own, which can be killed as a machine that fails kills it. */
final class KilledWorker {
    private static final String NAME = "name";
    private static final String SERVERS = "servers";
    private static final String PREFIX = "prefix";

    private KilledWorker() {}

    /** @param file where the connector's configuration is kept for the process */
    static Process spawn(Path file, String servers, String prefix, String name, Map<String, String> config)
            throws IOException {
        Properties properties = new Properties();
        config.forEach((key, value) -> properties.setProperty("config." + key, value));
        properties.putAll(Map.of(SERVERS, servers, PREFIX, prefix, NAME, name));
        try (var out = Files.newBufferedWriter(file)) {
            properties.store(out, null);
        }
        return new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-Dandon.plugins=" + System.getProperty("andon.plugins"),
                        "-cp",
                        System.getProperty("java.class.path"),
                        KilledWorker.class.getName(),
                        file.toString()))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    public static void main(String[] args) throws Exception {
        Properties properties = new Properties();
        try (var in = Files.newBufferedReader(Path.of(args[0]))) {
            properties.load(in);
        }
        Map<String, String> config = properties.stringPropertyNames().stream()
                .filter(key -> key.startsWith("config."))
                .collect(Collectors.toMap(key -> key.substring("config.".length()), properties::getProperty));
        EmbeddedConnect connect = EmbeddedConnect.start(new EmbeddedConnect.Settings(
                properties.getProperty(SERVERS),
                Path.of(System.getProperty("andon.plugins")),
                properties.getProperty(PREFIX),
                (short) 1,
                Map.of()));
        connect.create(properties.getProperty(NAME), config);
        new CountDownLatch(1).await();
    }
}
