package dev.andon.connect.intake;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.common.metrics.internals.PluginMetricsImpl;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTask;
import org.apache.kafka.connect.source.SourceTaskContext;
import org.apache.kafka.connect.storage.OffsetStorageReader;
import org.jspecify.annotations.Nullable;

/** A task, with a worker that polls it and says at once, or never, that Kafka has the records. */
public final class RunningTask implements AutoCloseable {
    private final SourceTask task;
    private final Metrics metrics = new Metrics();
    private final List<SourceRecord> records = new CopyOnWriteArrayList<>();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Thread worker;
    private volatile boolean acknowledges = true;
    private volatile boolean stopped;

    public RunningTask(SourceTask task, Map<String, String> props) {
        this.task = task;
        task.initialize(new Context());
        task.start(props);
        worker = new Thread(this::work, "worker");
        worker.start();
    }

    /** From now on Kafka takes nothing. */
    public void loseKafka() {
        acknowledges = false;
    }

    public URI uri(String path) {
        return URI.create("http://127.0.0.1:" + ((PushSourceTask) task).port() + path);
    }

    public HttpResponse<String> post(String path, Map<String, String> headers, byte[] body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path))
                .timeout(Duration.ofSeconds(30))
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        headers.forEach(request::setHeader);
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    /** @return what Kafka has of that topic so far */
    public List<SourceRecord> written(String topic) {
        return records.stream().filter(record -> record.topic().equals(topic)).toList();
    }

    /** @return the totals by name and label, such as {@code rejected-total{reason=bad_value}} */
    public Map<String, Double> totals() {
        return metrics.metrics().values().stream()
                .filter(metric -> metric.metricName().name().endsWith("-total"))
                .collect(Collectors.toMap(
                        metric ->
                                metric.metricName().name() + metric.metricName().tags(),
                        metric -> (Double) metric.metricValue(),
                        Double::sum,
                        TreeMap::new));
    }

    @Override
    public void close() {
        stopped = true;
        try {
            worker.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        task.stop();
    }

    private void work() {
        try {
            while (!stopped) {
                List<SourceRecord> batch = task.poll();
                for (SourceRecord record : batch == null ? new ArrayList<SourceRecord>() : batch) {
                    if (acknowledges) {
                        records.add(record);
                        task.commitRecord(record, null);
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private final class Context implements SourceTaskContext {
        @Override
        public Map<String, String> configs() {
            throw new UnsupportedOperationException("the task is given its configuration");
        }

        @Override
        public OffsetStorageReader offsetStorageReader() {
            return new OffsetStorageReader() {
                @Override
                public <T> @Nullable Map<String, Object> offset(Map<String, T> partition) {
                    return null;
                }

                @Override
                public <T> Map<Map<String, T>, Map<String, Object>> offsets(Collection<Map<String, T>> partitions) {
                    return Map.of();
                }
            };
        }

        @Override
        public PluginMetrics pluginMetrics() {
            return new PluginMetricsImpl(metrics, Map.of());
        }
    }
}
