package dev.andon.service;

import dev.andon.codec.AvroCodec;
import dev.andon.domain.ClusterInfo;
import dev.andon.service.config.ClusterConfig;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Writes what the configuration knows of clusters to their topic, where the detector and others look for it. */
final class ClusterPublication {
    private ClusterPublication() {}

    static void publish(
            String bootstrapServers,
            Map<String, String> clients,
            String topic,
            List<ClusterConfig> clusters,
            Instant now) {
        Map<String, Object> config = new HashMap<>(clients);
        config.put("bootstrap.servers", bootstrapServers);
        config.put("max.block.ms", 15_000);
        config.put("delivery.timeout.ms", 20_000);
        config.put("request.timeout.ms", 10_000);
        try (var producer = new KafkaProducer<>(config, new StringSerializer(), new ByteArraySerializer())) {
            List<Future<RecordMetadata>> sent = new ArrayList<>();
            for (ClusterConfig cluster : clusters) {
                byte[] value = AvroCodec.CLUSTERS.encode(info(cluster, now));
                sent.add(producer.send(new ProducerRecord<>(topic, null, now.toEpochMilli(), cluster.name(), value)));
            }
            for (Future<RecordMetadata> one : sent) {
                one.get();
            }
        } catch (ExecutionException | KafkaException e) {
            throw KafkaErrors.explain(bootstrapServers, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartException("interrupted while writing to " + topic, e);
        }
    }

    private static ClusterInfo info(ClusterConfig cluster, Instant now) {
        return new ClusterInfo(
                now,
                cluster.name(),
                Optional.of(cluster.fleet()),
                cluster.environment(),
                cluster.nodes().map(OptionalLong::of).orElse(OptionalLong.empty()),
                cluster.dnsCache());
    }
}
