package dev.andon.simulate;

import dev.andon.domain.ClusterInfo;
import dev.andon.domain.RolloutEvent;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A scenario that runs in real time: serves the pages of its servers, widens its rollouts, and obeys the signals that
 * are posted to it. Opened first, so that its addresses are known; time begins with {@link #begin}.
 */
public final class SimulatedFleet implements AutoCloseable {
    /** Simulated length of a tick. Fixed, so that the seed alone decides what is drawn, however busy the machine. */
    private static final Duration TICK = Duration.ofMillis(250);

    private static final long POLL_MILLIS = 50;
    private static final Duration UPTIME_BEFORE = Duration.ofDays(30);

    private final Scenario scenario;
    private final FleetState state;
    private final MetricsServer metrics;
    private final WebhookReceiver webhooks;
    private final Consumer<RolloutEvent> publisher;
    private final ScheduledExecutorService loop = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "simulated-fleet");
        thread.setDaemon(true);
        return thread;
    });
    private volatile Optional<SimulationClock> clock = Optional.empty();
    private volatile Optional<Throwable> failure = Optional.empty();

    private SimulatedFleet(
            Scenario scenario, java.time.Clock wall, String secret, boolean obeys, Consumer<RolloutEvent> publisher)
            throws IOException {
        this.scenario = scenario;
        this.publisher = publisher;
        List<LiveCluster> clusters = new ArrayList<>();
        Instant processStart = wall.instant().minus(UPTIME_BEFORE);
        for (ClusterSpec spec : scenario.clusters()) clusters.add(new LiveCluster(scenario, spec, processStart));
        this.state = new FleetState(scenario, clusters);
        this.metrics = MetricsServer.open(clusters, scenario.seed());
        this.webhooks = WebhookReceiver.open(secret, wall, signal -> {
            if (obeys) clock.ifPresent(time -> state.obey(signal, time));
        });
    }

    /**
     * Opens the ports. Nothing moves yet.
     *
     * @param webhookSecret with which signals are signed, {@code whsec_} and then base64
     * @param obeys whether its CD system does what signals say; otherwise it takes and ignores them
     * @param publisher given every rollout event, dated in real time, on the simulation's thread: must not block for
     *     long
     */
    public static SimulatedFleet open(
            Scenario scenario,
            java.time.Clock wall,
            String webhookSecret,
            boolean obeys,
            Consumer<RolloutEvent> publisher)
            throws IOException {
        if (scenario.telemetry() != Scenario.Telemetry.METRICS) {
            throw new IllegalArgumentException("pages can only be served of a scenario that is watched by METRICS");
        }
        return new SimulatedFleet(scenario, wall, webhookSecret, obeys, publisher);
    }

    /** @return every page that is served */
    public List<Endpoint> endpoints() {
        return metrics.endpoints();
    }

    /** @return where signals are to be posted */
    public URI webhookUrl() {
        return webhooks.url();
    }

    /** @return what a configuration would say of the clusters; in real time, so caches run out as fast as all else */
    public List<ClusterInfo> clusters(SimulationClock time) {
        List<ClusterInfo> clusters = new ArrayList<>();
        for (ClusterSpec spec : scenario.clusters()) {
            clusters.add(new ClusterInfo(
                    time.begin(),
                    spec.name(),
                    Optional.of("default"),
                    Optional.of(spec.environment()),
                    OptionalLong.of(spec.nodes()),
                    Optional.of(time.lasting(spec.dnsCache()))));
        }
        return clusters;
    }

    /** Lets time begin. May be called once. */
    public void begin(SimulationClock time) {
        if (clock.isPresent()) throw new IllegalStateException("this simulation has already begun");
        clock = Optional.of(time);
        var unused = loop.scheduleWithFixedDelay(() -> catchUp(time), 0, POLL_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void catchUp(SimulationClock time) {
        try {
            while (state.elapsed().plus(TICK).compareTo(time.elapsed()) <= 0) {
                for (RolloutEvent event : state.tick(TICK, time)) publisher.accept(event);
            }
        } catch (RuntimeException | Error e) {
            failure = Optional.of(e);
            throw e; // ends the loop; status() tells
        }
    }

    /**
     * @return how things stand now
     * @throws IllegalStateException when the simulation has broken down
     */
    public FleetStatus status() {
        failure.ifPresent(cause -> {
            throw new IllegalStateException("the simulation has stopped: " + cause, cause);
        });
        return state.status();
    }

    /** @return what has really happened so far */
    public Truth truth() {
        return state.truth();
    }

    @Override
    public void close() {
        loop.shutdownNow();
        webhooks.close();
        metrics.close();
    }
}
