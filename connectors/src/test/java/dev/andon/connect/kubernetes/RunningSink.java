package dev.andon.connect.kubernetes;

import dev.andon.connect.common.RolloutDirectory;
import dev.andon.connect.common.Signals;
import dev.andon.connect.common.TestContext;
import dev.andon.connect.controlplane.ControlPlane;
import dev.andon.schema.Action;
import dev.andon.schema.Controller;
import dev.andon.schema.Delivery;
import dev.andon.schema.DeliveryStatus;
import dev.andon.schema.Phase;
import dev.andon.schema.RolloutEvent;
import dev.andon.schema.Workload;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** The sink with a real apiserver in front of it, and a worker that calls it as the framework would. */
final class RunningSink implements AutoCloseable {
    private static final String CLUSTER = "real";

    private final TestContext context = new TestContext(true);
    private final List<Delivery> deliveries = Collections.synchronizedList(new ArrayList<>());
    private final List<RolloutEvent> rollouts = new ArrayList<>();
    private final KubernetesSinkTask task;
    private long offset;

    RunningSink(ControlPlane plane, Path token, Map<String, String> more) {
        RolloutDirectory directory = rolloutId -> rollouts.stream()
                .filter(event -> event.getRolloutId().equals(rolloutId))
                .toList();
        task = new KubernetesSinkTask(Clock.systemUTC(), settings -> deliveries::add, config -> directory);
        task.initialize(context);
        Map<String, String> options = new HashMap<>(Map.of(
                "name", "halt",
                "clusters", CLUSTER + "=" + plane.uri(),
                "bearer.token.file", token.toString(),
                "tls.ca.file", plane.ca().toString(),
                "deliveries.topic", "andon.deliveries",
                "deliveries.producer.bootstrap.servers", "unused:1",
                "rollouts.consumer.bootstrap.servers", "unused:1"));
        options.putAll(more);
        task.start(options);
    }

    /** Lets the sink know of a rollout. */
    void knows(String rolloutId, Workload workload, String controllerType) {
        rollouts.add(RolloutEvent.newBuilder()
                .setTime(Instant.now())
                .setRolloutId(rolloutId)
                .setCluster(CLUSTER)
                .setPhase(Phase.PROGRESSING)
                .setWorkload(workload)
                .setController(new Controller(controllerType, workload.getNamespace() + "/" + workload.getName()))
                .build());
    }

    void halt(String rolloutId) {
        say(rolloutId, "halt-" + rolloutId, Action.HALT);
    }

    void clear(String rolloutId) {
        say(rolloutId, "clear-" + rolloutId, Action.CLEAR);
    }

    private void say(String rolloutId, String signalId, Action action) {
        task.put(List.of(Signals.record(
                offset++,
                Signals.halt()
                        .setTime(Instant.now())
                        .setRolloutId(rolloutId)
                        .setSignalId(signalId)
                        .setAction(action)
                        .setExpires(null)
                        .build())));
    }

    /** Waits for the first record, from now on or before, of this signal that satisfies the condition. */
    Delivery await(String signalId, Predicate<Delivery> condition) {
        return awaitAfter(0, signalId, condition);
    }

    /** @param known records that are not looked at, as {@link #recorded} counted them */
    Delivery awaitAfter(int known, String signalId, Predicate<Delivery> condition) {
        return org.awaitility.Awaitility.await(signalId)
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(100))
                .conditionEvaluationListener(null)
                .until(
                        () -> {
                            task.put(List.of());
                            return all().stream()
                                    .skip(known)
                                    .filter(delivery -> delivery.getSignalId().equals(signalId))
                                    .filter(condition)
                                    .findFirst();
                        },
                        java.util.Optional::isPresent)
                .orElseThrow();
    }

    Delivery awaitVerified(String rolloutId) {
        return await("halt-" + rolloutId, delivery -> delivery.getStatus() == DeliveryStatus.VERIFIED);
    }

    Delivery awaitCleared(String rolloutId) {
        return await("clear-" + rolloutId, delivery -> delivery.getStatus() != DeliveryStatus.FAILED);
    }

    int recorded() {
        return deliveries.size();
    }

    List<Delivery> all() {
        synchronized (deliveries) {
            return List.copyOf(deliveries);
        }
    }

    /** Why signals went to the dead letter topic. */
    List<String> deadLetters() {
        return context.deadLetters.values().stream().map(Throwable::getMessage).toList();
    }

    @Override
    public void close() {
        task.stop();
    }
}
