package dev.andon.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SingleObjectSerdeTest {
    private static final Instant TIME = Instant.parse("2024-12-11T22:51:05Z");

    @Test
    void readsBackWhatItWrote() {
        ApiserverLatency sample = ApiserverLatency.newBuilder()
                .setTime(TIME)
                .setCluster("prod-west-3")
                .setInstance("10.0.0.4:6443")
                .setVerb("LIST")
                .setScope("cluster")
                .setIntervalMillis(5000)
                .setUpperBoundsSeconds(List.of(0.005, 0.025))
                .setCounts(List.of(1L, 2L, 3L))
                .setCodes(Map.of("200", 6L))
                .build();
        SingleObjectSerde<ApiserverLatency> serde = new SingleObjectSerde<>(ApiserverLatency.class);

        assertThat(serde.decode(serde.encode(sample))).isEqualTo(sample);
    }
}
