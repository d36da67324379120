package dev.andon.service.plugin;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.connector.Task;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.source.SourceConnector;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTask;
import org.jspecify.annotations.Nullable;

/** Writes the first letters of the alphabet, each once, and remembers in its offset how far it got. */
public final class LettersSource extends SourceConnector {
    private Map<String, String> config = Map.of();

    @Override
    public void start(Map<String, String> props) {
        config = props;
    }

    @Override
    public Class<? extends Task> taskClass() {
        return LettersTask.class;
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
                .define("topic", ConfigDef.Type.STRING, ConfigDef.Importance.HIGH, "Where to write")
                .define("count", ConfigDef.Type.INT, 3, ConfigDef.Range.between(1, 26), ConfigDef.Importance.LOW, "");
    }

    @Override
    public String version() {
        return "test";
    }

    /** The one task. */
    public static final class LettersTask extends SourceTask {
        private static final Map<String, String> PARTITION = Map.of("alphabet", "latin");
        private String topic = "";
        private int count;
        private int next;

        @Override
        public void start(Map<String, String> props) {
            topic = Objects.requireNonNull(props.get("topic"));
            count = Integer.parseInt(props.getOrDefault("count", "3"));
            Map<String, Object> offset = context.offsetStorageReader().offset(PARTITION);
            next = offset == null ? 0 : Integer.parseInt(String.valueOf(offset.get("next")));
        }

        @Override
        public @Nullable List<SourceRecord> poll() {
            List<SourceRecord> letters = new ArrayList<>();
            for (; next < count; next++) {
                byte[] letter = String.valueOf((char) ('a' + next)).getBytes(UTF_8);
                letters.add(new SourceRecord(
                        PARTITION, Map.of("next", next + 1), topic, null, Schema.OPTIONAL_BYTES_SCHEMA, letter));
            }
            return letters.isEmpty() ? null : letters;
        }

        @Override
        public void stop() {}

        @Override
        public String version() {
            return "test";
        }
    }
}
