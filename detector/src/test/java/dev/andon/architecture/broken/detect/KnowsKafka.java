package dev.andon.architecture.broken.detect;

import org.apache.kafka.common.TopicPartition;

/** Could not be replayed without Kafka on the class path. */
record KnowsKafka(TopicPartition partition) {}
