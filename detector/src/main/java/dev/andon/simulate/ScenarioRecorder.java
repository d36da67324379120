package dev.andon.simulate;

import dev.andon.codec.InputKind;
import dev.andon.codec.JsonCodec;
import dev.andon.domain.Input;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;

/** Writes a scenario, played without Andon, as a recording, with the truth beside it in {@code truth.json}. */
public final class ScenarioRecorder {
    static final String TRUTH = "truth.json";

    private ScenarioRecorder() {}

    /**
     * Plays and writes. The same scenario gives the same bytes.
     *
     * @param folder made when it is not there; files in it are overwritten
     * @throws IOException when the folder cannot be written
     */
    public static Truth record(Scenario scenario, Path folder) throws IOException {
        Files.createDirectories(folder);
        Truth truth;
        try (Lines lines = new Lines(folder)) {
            lines.writer(InputKind.ROLLOUTS); // a recording must have it, even when nothing is rolled out
            truth = ScenarioPlayer.play(scenario, lines::write);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        Files.writeString(folder.resolve(TRUTH), TruthJson.write(truth), StandardCharsets.UTF_8);
        return truth;
    }

    /** One open file per kind of input; a kind that never comes leaves no file, but for the rollouts. */
    private static final class Lines implements AutoCloseable {
        private final JsonCodec codec = new JsonCodec(field -> {});
        private final Path folder;
        private final Map<InputKind, BufferedWriter> writers = new EnumMap<>(InputKind.class);

        Lines(Path folder) {
            this.folder = folder;
        }

        void write(Input input) {
            try {
                BufferedWriter writer = writer(InputKind.of(input));
                writer.write(codec.write(input));
                writer.write('\n');
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private BufferedWriter writer(InputKind kind) throws IOException {
            BufferedWriter writer = writers.get(kind);
            if (writer == null) {
                writer = Files.newBufferedWriter(folder.resolve(kind.stream() + ".jsonl"), StandardCharsets.UTF_8);
                writers.put(kind, writer);
            }
            return writer;
        }

        @Override
        public void close() throws IOException {
            for (BufferedWriter writer : writers.values()) writer.close();
        }
    }
}
