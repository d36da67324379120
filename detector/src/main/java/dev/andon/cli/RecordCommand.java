package dev.andon.cli;

import dev.andon.recording.RecordingWriter;
import dev.andon.service.config.AndonConfig;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code andon record}: what goes through the topics, as files. */
@Command(
        name = "record",
        description = "Writes the input topics, and the signals beside them, to a recording that can be replayed.",
        footer = {
            "Examples:",
            "  andon record --config andon.yaml --output incident-42 --for 30m",
            "  andon record --config andon.yaml --output last-day --from-beginning --to-end",
            "  andon record --kafka 127.0.0.1:9092 --output demo-1 --from-beginning --to-end",
            "",
            "Ctrl-C ends it too; what was written is a complete recording."
        })
final class RecordCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Take address and names of the topics from this configuration.")
    private @Nullable Path config;

    @Option(names = "--kafka", paramLabel = "HOST:PORT", description = "Where Kafka is; wins over the configuration.")
    private @Nullable String kafka;

    @Option(
            names = "--output",
            required = true,
            paramLabel = "DIR",
            description = "The recording; must not be one already.")
    private Path output = Path.of("recording");

    @Option(
            names = "--for",
            paramLabel = "DURATION",
            converter = DurationConverter.class,
            description = "End after this time, e.g. 90s, 5m or 2h (default: when stopped).")
    private @Nullable Duration time;

    @Option(names = "--from-beginning", description = "Begin with the oldest record that is kept, not with the next.")
    private boolean fromBeginning;

    @Option(names = "--to-end", description = "End when everything that is there now has been written.")
    private boolean toEnd;

    @Override
    public Integer call() throws IOException {
        AndonConfig loaded = Optional.ofNullable(config).map(AndonConfig::load).orElseGet(AndonConfig::defaults);
        try (StopRequest stop = StopRequest.listen();
                RecordingWriter writer = create();
                TopicRecorder recorder = TopicRecorder.open(
                        address(loaded),
                        loaded.kafka().clients().values(),
                        loaded.kafka().topics(),
                        fromBeginning)) {
            if (toEnd) {
                recorder.copyToEnd(writer);
            } else {
                say("andon: recording to " + output + (time == null ? ", until stopped" : ""));
                long start = System.nanoTime();
                recorder.copy(writer, () -> stop.asked() || over(start));
            }
            say("andon: wrote " + output + ": " + writer.counts()
                    + (recorder.unreadable() == 0 ? "" : "; " + recorder.unreadable() + " records could not be read"));
            return ExitCode.DONE;
        }
    }

    private boolean over(long start) {
        return time != null && System.nanoTime() - start >= time.toNanos();
    }

    private RecordingWriter create() {
        try {
            return RecordingWriter.create(output);
        } catch (IOException e) {
            throw CommandException.badInput("the recording cannot be written: " + e.getMessage(), e);
        }
    }

    private String address(AndonConfig loaded) {
        return Optional.ofNullable(kafka)
                .or(() -> loaded.kafka().bootstrapServers())
                .orElseGet(() -> {
                    if (loaded.kafka().port() == 0) {
                        throw CommandException.badInput(
                                "kafka.port is 0, so the address of the embedded broker is not known; give --kafka HOST:PORT");
                    }
                    return "127.0.0.1:" + loaded.kafka().port();
                });
    }

    private void say(String line) {
        PrintWriter err = spec.commandLine().getErr();
        err.println(line);
        err.flush();
    }

    /** Durations as the configuration has them. */
    static final class DurationConverter implements ITypeConverter<Duration> {
        @Override
        public Duration convert(String text) {
            try {
                Duration duration = Duration.parse("PT" + text);
                if (duration.isZero() || duration.isNegative()) throw new TypeConversionException(complaint(text));
                return duration;
            } catch (DateTimeException e) {
                throw new TypeConversionException(complaint(text));
            }
        }

        private static String complaint(String text) {
            return "'" + text + "' is not a duration such as 90s, 5m or 2h";
        }
    }
}
