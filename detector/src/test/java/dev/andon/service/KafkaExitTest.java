package dev.andon.service;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.common.utils.Exit;
import org.junit.jupiter.api.Test;

class KafkaExitTest {
    @Test
    void thisProcessSurvivesWhenKafkaWantsToEndItAndRemembersTheFirstReason() {
        KafkaExit.intercept();
        assertThat(KafkaExit.lastFault()).isEmpty();
        Exit.halt(1, "metadata log is broken");
        Exit.exit(3);
        assertThat(KafkaExit.lastFault())
                .contains("Kafka asked to end the process with status 1: metadata log is broken");
        KafkaExit.intercept();
        assertThat(KafkaExit.lastFault()).isEmpty();
    }
}
