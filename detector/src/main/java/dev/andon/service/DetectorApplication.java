package dev.andon.service;

import dev.andon.service.config.AndonConfig;
import dev.andon.service.config.Mode;
import dev.andon.topology.DetectorTopology;
import dev.andon.topology.StreamsProperties;
import dev.andon.topology.Topics;
import dev.andon.topology.TopologySettings;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The detector's topology as a running Kafka Streams client. */
public final class DetectorApplication implements StreamsApplication {
    private static final Logger LOG = LoggerFactory.getLogger(DetectorApplication.class);
    private static final int THREADS = 1;
    private static final long MERGE_WAIT_MILLIS = 100;
    /** A thread may fail this often in an hour for reasons that pass; more is no accident. */
    private static final int RESTARTS_PER_HOUR = 5;

    private final KafkaStreams streams;
    private final Metrics metrics;
    private final Clock clock;
    private final Deque<Long> restarts = new ArrayDeque<>();
    private volatile String detail = "";
    private volatile AutoCloseable meters = () -> {};

    private DetectorApplication(KafkaStreams streams, Metrics metrics, Clock clock) {
        this.streams = streams;
        this.metrics = metrics;
        this.clock = clock;
    }

    /** Makes detectors that ask this clock. */
    public static Factory factory(Clock clock) {
        return context -> create(context, clock);
    }

    private static DetectorApplication create(Context context, Clock clock) {
        AndonConfig config = context.config();
        Topics topics = config.kafka().topics();
        Properties properties = new StreamsProperties(
                        topics.prefix() + "detector",
                        context.bootstrapServers(),
                        context.stateDirectory(),
                        THREADS,
                        MERGE_WAIT_MILLIS,
                        context.clients())
                .build(topics, clock, context.metrics());
        TopologySettings settings = TopologySettings.live(config.detection(), config.mode() == Mode.ENFORCE);
        KafkaStreams streams = new KafkaStreams(
                DetectorTopology.build(settings, topics, properties, clock, context.metrics()), properties);
        DetectorApplication application = new DetectorApplication(streams, context.metrics(), clock);
        streams.setUncaughtExceptionHandler(application::failed);
        return application;
    }

    @Override
    public void start() {
        streams.start();
        meters = metrics.bind(streams);
    }

    /** Called on the thread that failed. */
    private synchronized StreamThreadExceptionResponse failed(Throwable cause) {
        long now = clock.millis();
        while (!restarts.isEmpty()
                && restarts.peekFirst() < now - Duration.ofHours(1).toMillis()) {
            restarts.removeFirst();
        }
        boolean passes = Stream.iterate(cause, t -> t != null, Throwable::getCause)
                .anyMatch(RetriableException.class::isInstance);
        detail = String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
        if (passes && restarts.size() < RESTARTS_PER_HOUR) {
            restarts.addLast(now);
            LOG.warn("a thread of the detector has failed and is replaced: {}", detail);
            return StreamThreadExceptionResponse.REPLACE_THREAD;
        }
        LOG.error("the detector has failed and stops", cause);
        return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
    }

    @Override
    public State state() {
        return switch (streams.state()) {
            case CREATED, REBALANCING -> new State(Phase.STARTING, "joining its group and restoring state");
            case RUNNING -> new State(Phase.RUNNING, "");
            case PENDING_ERROR, ERROR -> new State(Phase.FAILED, detail);
            case PENDING_SHUTDOWN, NOT_RUNNING -> new State(Phase.STOPPED, detail);
        };
    }

    @Override
    public void close(Duration limit) {
        try {
            meters.close();
        } catch (Exception e) {
            LOG.debug("the metrics of the detector did not close", e);
        }
        // Leaving the group at once lets the next start, here or elsewhere, begin without waiting for a session to end.
        if (!streams.close(CloseOptions.groupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP)
                .withTimeout(limit))) {
            LOG.warn("the detector did not stop within {} ms", limit.toMillis());
        }
    }
}
