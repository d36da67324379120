package dev.andon.topology;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class RestoreProgressTest {
    private static final TopicPartition ONE = new TopicPartition("changelog", 0);
    private static final TopicPartition OTHER = new TopicPartition("changelog", 1);

    private final RestoreProgress progress = new RestoreProgress();

    @Test
    void isDoneWhenThereIsNothingToRestore() {
        assertThat(progress.ratio()).isEqualTo(1);
        progress.onRestoreStart(ONE, "s", 100, 100);
        assertThat(progress.ratio()).isEqualTo(1);
    }

    @Test
    void countsRecordsOfAllPartitionsThatAreUnderWay() {
        progress.onRestoreStart(ONE, "s", 100, 200);
        progress.onRestoreStart(OTHER, "s", 0, 300);
        progress.onBatchRestored(ONE, "s", 150, 50);
        progress.onBatchRestored(OTHER, "s", 150, 150);
        assertThat(progress.ratio()).isEqualTo(0.5);
        progress.onRestoreEnd(OTHER, "s", 300);
        assertThat(progress.ratio()).isEqualTo(0.5);
        progress.onRestoreSuspended(ONE, "s", 50);
        assertThat(progress.ratio()).isEqualTo(1);
    }
}
