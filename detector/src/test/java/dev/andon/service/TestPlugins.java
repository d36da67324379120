package dev.andon.service;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.andon.service.plugin.LettersSource;
import dev.andon.service.plugin.PickySink;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

/** Packs the test connectors into a plugin folder, with the service files that discovery needs. */
final class TestPlugins {
    private TestPlugins() {}

    static Path buildIn(Path directory) throws IOException {
        Path plugin = Files.createDirectories(directory.resolve("plugins").resolve("test"));
        try (OutputStream file = Files.newOutputStream(plugin.resolve("test.jar"));
                JarOutputStream jar = new JarOutputStream(file)) {
            for (Class<?> type : List.of(
                    LettersSource.class, LettersSource.LettersTask.class, PickySink.class, PickySink.PickyTask.class)) {
                String name = type.getName().replace('.', '/') + ".class";
                try (InputStream code = type.getClassLoader().getResourceAsStream(name)) {
                    add(jar, name, Objects.requireNonNull(code).readAllBytes());
                }
            }
            for (Map.Entry<String, Class<?>> service : Map.<String, Class<?>>of(
                            "org.apache.kafka.connect.source.SourceConnector", LettersSource.class,
                            "org.apache.kafka.connect.sink.SinkConnector", PickySink.class)
                    .entrySet()) {
                add(
                        jar,
                        "META-INF/services/" + service.getKey(),
                        service.getValue().getName().getBytes(UTF_8));
            }
        }
        return directory.resolve("plugins");
    }

    private static void add(JarOutputStream jar, String name, byte[] bytes) throws IOException {
        jar.putNextEntry(new JarEntry(name));
        jar.write(bytes);
        jar.closeEntry();
    }
}
