package dev.andon.recording;

import dev.andon.codec.InputKind;
import dev.andon.codec.JsonCodec;
import dev.andon.domain.Input;
import dev.andon.domain.Signal;
import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** Writes a recording (contract, section 3), a file per stream, each begun when the first line for it comes. */
public final class RecordingWriter implements Closeable {
    private static final String SIGNALS = "signals";

    private final JsonCodec codec = new JsonCodec(unknownField -> {});
    private final Map<String, BufferedWriter> files = new HashMap<>();
    private final Map<String, Long> counts = new TreeMap<>();
    private final Path folder;

    private RecordingWriter(Path folder) {
        this.folder = folder;
    }

    /**
     * Makes the folder where it is missing.
     *
     * @throws IOException when it cannot be written, or holds a recording already: that would mix two
     */
    public static RecordingWriter create(Path folder) throws IOException {
        if (!RecordingReader.find(folder).isEmpty()) {
            throw new IOException("the folder " + folder + " holds a recording already; choose another");
        }
        Files.createDirectories(folder);
        RecordingWriter writer = new RecordingWriter(folder);
        // A recording must have this one, even when nothing was rolled out.
        writer.file(InputKind.ROLLOUTS.stream());
        return writer;
    }

    public void write(Input input) throws IOException {
        line(InputKind.of(input).stream(), codec.write(input));
    }

    /** Keeps what was said at the time beside the inputs; a replay does not read it. */
    public void write(Signal signal) throws IOException {
        line(SIGNALS, codec.write(signal));
    }

    /** @return lines written so far by stream */
    public Map<String, Long> counts() {
        return Map.copyOf(counts);
    }

    private void line(String stream, String json) throws IOException {
        BufferedWriter file = file(stream);
        file.write(json);
        file.write('\n');
        counts.merge(stream, 1L, Long::sum);
    }

    private BufferedWriter file(String stream) throws IOException {
        BufferedWriter file = files.get(stream);
        if (file == null) {
            file = Files.newBufferedWriter(folder.resolve(stream + ".jsonl"), StandardCharsets.UTF_8);
            files.put(stream, file);
        }
        return file;
    }

    @Override
    public void close() throws IOException {
        for (BufferedWriter file : files.values()) file.close();
    }
}
