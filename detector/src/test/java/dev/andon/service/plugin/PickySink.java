package dev.andon.service.plugin;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.connector.Task;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.sink.SinkConnector;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTask;

/** Appends values to a file, sends one of them to the dead letters and fails for good at another. */
public final class PickySink extends SinkConnector {
    private Map<String, String> config = Map.of();

    @Override
    public void start(Map<String, String> props) {
        config = props;
    }

    @Override
    public Class<? extends Task> taskClass() {
        return PickyTask.class;
    }

    @Override
    public List<Map<String, String>> taskConfigs(int maxTasks) {
        return List.of(config);
    }

    @Override
    public void stop() {}

    @Override
    public ConfigDef config() {
        return new ConfigDef()
                .define("file", ConfigDef.Type.STRING, ConfigDef.Importance.HIGH, "Where to append")
                .define("rejected", ConfigDef.Type.STRING, "", ConfigDef.Importance.LOW, "Value to reject")
                .define("fatal", ConfigDef.Type.STRING, "", ConfigDef.Importance.LOW, "Value to fail at");
    }

    @Override
    public String version() {
        return "test";
    }

    /** The one task. */
    public static final class PickyTask extends SinkTask {
        private Map<String, String> config = Map.of();

        @Override
        public void start(Map<String, String> props) {
            config = props;
        }

        @Override
        public void put(Collection<SinkRecord> records) {
            for (SinkRecord record : records) {
                String value = new String((byte[]) record.value(), UTF_8);
                if (value.equals(config.get("fatal"))) {
                    throw new DataException("cannot digest " + value + "\nnot even on a second line");
                } else if (value.equals(config.get("rejected"))) {
                    report(record, new DataException("do not like " + value));
                } else {
                    append(value);
                }
            }
        }

        private void report(SinkRecord record, DataException reason) {
            try {
                context.errantRecordReporter().report(record, reason).get();
            } catch (InterruptedException | ExecutionException e) {
                throw new ConnectException(e);
            }
        }

        private void append(String value) {
            try {
                Files.writeString(
                        Path.of(config.getOrDefault("file", "")),
                        value,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.APPEND);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void stop() {}

        @Override
        public String version() {
            return "test";
        }
    }
}
