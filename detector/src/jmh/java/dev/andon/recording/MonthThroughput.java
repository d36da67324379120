package dev.andon.recording;

import dev.andon.decide.Settings;
import dev.andon.domain.Input;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/**
 * What reading costs and what replaying costs: six hours of {@link MadeUpClusters} are written as a recording, and read and
 * replayed again and again, one after the other and with one budget; the median is told for a whole month.
 *
 * <p>Arguments: rounds (default 15) and the folder to write to, which must not exist.
 */
public final class MonthThroughput {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private MonthThroughput() {}

    public static void main(String[] arguments) throws IOException {
        int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 15;
        Path folder = Path.of(arguments.length > 1 ? arguments[1] : "target/month").resolve("six-hours");
        int count = writeTo(folder);
        double[] read = new double[rounds];
        double[] replayed = new double[rounds];
        for (int i = 0; i < rounds; i++) {
            long start = System.nanoTime();
            Recording recording = new RecordingReader(System.out::println).read(folder);
            long between = System.nanoTime();
            Replay.run(recording.inputs(), Settings.DEFAULT);
            read[i] = (between - start) / 1e9;
            replayed[i] = (System.nanoTime() - between) / 1e9;
        }
        tell("read", read, count);
        tell("replay", replayed, count);
    }

    private static void tell(String what, double[] seconds, int inputs) {
        Arrays.sort(seconds);
        double median = seconds[seconds.length / 2];
        System.out.printf(
                "%-6s median %.1f us per input, fastest %.1f us; a month of %,d inputs: %.0f s, at best %.0f s%n",
                what,
                median / inputs * 1e6,
                seconds[0] / inputs * 1e6,
                inputs * MadeUpClusters.PARTS_OF_A_MONTH,
                median * MadeUpClusters.PARTS_OF_A_MONTH,
                seconds[0] * MadeUpClusters.PARTS_OF_A_MONTH);
    }

    private static int writeTo(Path folder) throws IOException {
        List<Input> inputs = MadeUpClusters.sixHoursFrom(START);
        try (RecordingWriter writer = RecordingWriter.create(folder)) {
            for (Input input : inputs) writer.write(input);
        }
        folder.toFile().deleteOnExit();
        try (var files = Files.list(folder)) {
            files.forEach(file -> file.toFile().deleteOnExit());
        }
        return inputs.size();
    }
}
