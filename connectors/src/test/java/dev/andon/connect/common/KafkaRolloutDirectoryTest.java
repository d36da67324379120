package dev.andon.connect.common;

import static org.assertj.core.api.Assertions.assertThat;

import dev.andon.schema.Phase;
import dev.andon.schema.RolloutEvent;
import dev.andon.schema.SingleObjectSerde;
import dev.andon.schema.Workload;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class KafkaRolloutDirectoryTest {
    private static final TopicPartition PARTITION = new TopicPartition("andon.rollouts", 0);
    private static final SingleObjectSerde<RolloutEvent> SERDE = new SingleObjectSerde<>(RolloutEvent.class);

    private final TestClock clock = new TestClock(Signals.TIME);
    private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest") {
        @Override
        public synchronized Map<TopicPartition, OffsetAndTimestamp> offsetsForTimes(Map<TopicPartition, Long> times) {
            assertThat(times)
                    .isEqualTo(
                            Map.of(PARTITION, Signals.TIME.minusSeconds(3_600).toEpochMilli()));
            return Map.of(PARTITION, new OffsetAndTimestamp(7, Signals.TIME.toEpochMilli()));
        }
    };
    private final KafkaRolloutDirectory directory =
            new KafkaRolloutDirectory("andon.rollouts", Duration.ofHours(1), consumer, clock);

    @Test
    void knowsTheLastEventOfEachWorkloadInEachCluster() {
        start();
        RolloutEvent late = event("web-42", "prod-1", 9, Phase.PROGRESSING);
        RolloutEvent early = event("web-42", "prod-1", 3, Phase.STARTED);
        RolloutEvent elsewhere = event("web-42", "prod-2", 4, Phase.STARTED);

        add(7, SERDE.encode(late));
        add(8, SERDE.encode(early));
        add(9, SERDE.encode(elsewhere));
        add(10, SERDE.encode(event("other", "prod-1", 4, Phase.STARTED)));
        directory.readOnce(Duration.ZERO);

        assertThat(directory.of("web-42")).containsExactlyInAnyOrder(late, elsewhere);
        assertThat(directory.of("unheard")).isEmpty();
    }

    @Test
    void readsFromAsFarBackAsItIsTold() {
        start();

        assertThat(consumer.position(PARTITION)).isEqualTo(7);
    }

    @Test
    void passesOverWhatIsNoRolloutEvent() {
        start();
        RolloutEvent event = event("web-42", "prod-1", 9, Phase.PROGRESSING);

        add(7, new byte[] {1, 2, 3});
        add(8, SERDE.encode(event));
        directory.readOnce(Duration.ZERO);

        assertThat(directory.of("web-42")).containsExactly(event);
    }

    private void start() {
        consumer.updatePartitions(
                "andon.rollouts",
                List.of(new PartitionInfo("andon.rollouts", 0, Node.noNode(), new Node[0], new Node[0])));
        consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
        directory.assign();
    }

    private void add(long offset, byte[] value) {
        consumer.addRecord(new ConsumerRecord<>("andon.rollouts", 0, offset, new byte[0], value));
    }

    private static RolloutEvent event(String rolloutId, String cluster, int second, Phase phase) {
        return RolloutEvent.newBuilder()
                .setTime(Signals.TIME.plusSeconds(second))
                .setRolloutId(rolloutId)
                .setCluster(cluster)
                .setPhase(phase)
                .setWorkload(new Workload("Deployment", "shop", "web"))
                .build();
    }
}
