package dev.andon.service;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaFuture;

/**
 * Asks a fresh broker for its coordinators, which makes it create its internal topics. Without this the first consumer
 * and the first transaction of a new install would wait for them.
 */
final class Coordinators {
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final String NOBODY = "andon-warm-up";

    private Coordinators() {}

    static void await(String bootstrapServers) {
        Map<String, Object> config = Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                AdminClientConfig.RETRY_BACKOFF_MS_CONFIG,
                20,
                AdminClientConfig.RETRY_BACKOFF_MAX_MS_CONFIG,
                100,
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                (int) TIMEOUT.toMillis());
        try (Admin admin = Admin.create(config)) {
            KafkaFuture<?> group = admin.listConsumerGroupOffsets(NOBODY).partitionsToOffsetAndMetadata();
            KafkaFuture<?> transactions = admin.fenceProducers(List.of(NOBODY)).all();
            KafkaFuture.allOf(group, transactions).get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new StartException(
                    "the broker at " + bootstrapServers + " is up but its coordinators are not ready: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartException("interrupted while waiting for the broker at " + bootstrapServers, e);
        }
    }
}
