package dev.andon.recording;

import dev.andon.codec.InputKind;
import dev.andon.codec.JsonCodec;
import dev.andon.domain.Input;
import dev.andon.domain.InvalidInput;
import dev.andon.domain.RejectReason;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;

/** Reads recordings (contract, section 3). A line that cannot be read is told, counted and skipped. */
public final class RecordingReader {
    /** File of a recording that says with which settings it was made; few have one. */
    public static final String SETTINGS = "andon.yaml";

    /** A line further than this from the middle of its recording is stamped wrongly. */
    private static final Duration FARTHEST = Duration.ofDays(366);

    private static final int LINES_AT_ONCE = 4_096;

    private final Consumer<String> warnings;
    private final JsonCodec codec;

    /** @param warnings one sentence per refused line, with file and line number, and one per unknown field name */
    public RecordingReader(Consumer<String> warnings) {
        this.warnings = warnings;
        Set<String> told = new HashSet<>();
        this.codec = new JsonCodec(field -> {
            if (told.add(field)) warnings.accept("unknown field \"" + field + "\" is ignored");
        });
    }

    /** @return the recordings that {@code path} is or holds, by name; empty when there are none */
    public static List<Path> find(Path path) throws IOException {
        if (isRecording(path)) return List.of(path);
        if (!Files.isDirectory(path)) return List.of();
        try (var children = Files.list(path)) {
            return children.filter(RecordingReader::isRecording).sorted().toList();
        }
    }

    private static boolean isRecording(Path folder) {
        return file(folder, InputKind.ROLLOUTS).isPresent();
    }

    private static Optional<Path> file(Path folder, InputKind kind) {
        for (String ending : List.of(".jsonl", ".jsonl.gz")) {
            Path file = folder.resolve(kind.stream() + ending);
            if (Files.isRegularFile(file)) return Optional.of(file);
        }
        return Optional.empty();
    }

    /** Reads a whole recording into memory. */
    public Recording read(Path folder) throws IOException {
        List<Input> inputs = new ArrayList<>();
        Map<RejectReason, Long> refused = new EnumMap<>(RejectReason.class);
        for (InputKind kind : InputKind.values()) {
            Optional<Path> file = file(folder, kind);
            if (file.isPresent()) readFile(file.get(), kind, inputs, refused);
        }
        inputs.sort(ReplayOrder.BY_TIME);
        String name = folder.toAbsolutePath().normalize().getFileName().toString();
        return new Recording(name, withoutWrongTimes(name, inputs, refused), refused);
    }

    private void readFile(Path file, InputKind kind, List<Input> inputs, Map<RejectReason, Long> refused)
            throws IOException {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(open(file), StandardCharsets.UTF_8))) {
            int number = 0;
            for (List<String> lines = next(reader); !lines.isEmpty(); lines = next(reader)) {
                // All processors read what is plain; what is not, or is to be told, is read in order.
                List<Optional<Input>> plain = lines.parallelStream()
                        .map(line -> codec.readPlain(kind, line))
                        .toList();
                for (int i = 0; i < lines.size(); i++) {
                    number++;
                    if (lines.get(i).isBlank()) continue;
                    try {
                        inputs.add(plain.get(i).isPresent() ? plain.get(i).get() : codec.read(kind, lines.get(i)));
                    } catch (InvalidInput e) {
                        refused.merge(e.reason(), 1L, Long::sum);
                        warnings.accept(file.getFileName() + ":" + number + ": "
                                + e.reason().label() + ": " + e.getMessage());
                    }
                }
            }
        }
    }

    private static List<String> next(BufferedReader reader) throws IOException {
        List<String> lines = new ArrayList<>(LINES_AT_ONCE);
        while (lines.size() < LINES_AT_ONCE) {
            String line = reader.readLine();
            if (line == null) break;
            lines.add(line);
        }
        return lines;
    }

    private static InputStream open(Path file) throws IOException {
        InputStream bytes = Files.newInputStream(file);
        return file.toString().endsWith(".gz") ? new GZIPInputStream(bytes) : bytes;
    }

    private List<Input> withoutWrongTimes(String name, List<Input> sorted, Map<RejectReason, Long> refused) {
        if (sorted.isEmpty()) return sorted;
        Instant middle = sorted.get(sorted.size() / 2).time();
        List<Input> kept = new ArrayList<>(sorted.size());
        for (Input input : sorted) {
            boolean future = input.time().isAfter(middle.plus(FARTHEST));
            boolean past = input.time().isBefore(middle.minus(FARTHEST));
            if (!future && !past) {
                kept.add(input);
                continue;
            }
            RejectReason reason = future ? RejectReason.FROM_THE_FUTURE : RejectReason.TOO_LATE;
            refused.merge(reason, 1L, Long::sum);
            warnings.accept(name + ": " + reason.label() + ": " + input.time() + " lies more than " + FARTHEST.toDays()
                    + " days from the middle of the recording, " + middle);
        }
        return kept;
    }
}
