package dev.andon.topology;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The detector's Kafka Streams client from start to stop. Several of them, in one or more processes, share the work. */
public final class DetectorApplication implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DetectorApplication.class);
    private static final Duration LONGEST_CLOSE = Duration.ofSeconds(8);

    private final KafkaStreams streams;
    private final RestoreProgress restore = new RestoreProgress();
    private final TransientFaults faults;
    private final AtomicReference<@Nullable Throwable> fatal = new AtomicReference<>();

    /** Where the application is in its life. */
    public enum Phase {
        /** Joining the others, or restoring state: normal, also for minutes. */
        STARTING,
        RUNNING,
        /** Given up; only a new start of the process helps. */
        FAILED,
        STOPPED
    }

    /** Makes the client and does not yet start it. */
    public DetectorApplication(
            StreamsProperties properties, TopologySettings settings, Topics topics, Clock clock, Observer observer) {
        var config = properties.build(topics, clock, observer);
        Topology topology = DetectorTopology.build(settings, topics, config, clock, observer);
        faults = new TransientFaults(clock);
        streams = new KafkaStreams(topology, config);
        streams.setGlobalStateRestoreListener(restore);
        streams.setUncaughtExceptionHandler(this::uncaught);
        streams.setStateListener((now, before) -> LOG.debug("detector: {} -> {}", before, now));
    }

    /** Returns at once; see {@link #phase}. */
    public void start() {
        streams.start();
    }

    public Phase phase() {
        if (fatal.get() != null) return Phase.FAILED;
        return switch (streams.state()) {
            case CREATED, REBALANCING -> Phase.STARTING;
            case RUNNING -> Phase.RUNNING;
            case PENDING_ERROR, ERROR -> Phase.FAILED;
            case PENDING_SHUTDOWN, NOT_RUNNING -> Phase.STOPPED;
        };
    }

    /** @return one line for people on why it is not at work; empty when there is nothing to say */
    public String detail() {
        Throwable cause = fatal.get();
        if (cause != null) return "the detector gave up: " + rootMessage(cause);
        boolean restoring = phase() == Phase.STARTING && restore.ratio() < 1;
        return restoring ? "restoring state, " + Math.round(100 * restore.ratio()) + " % done" : "";
    }

    /** @return part of the state that is restored, in [0, 1]; 1 when nothing is to be restored */
    public double restored() {
        return restore.ratio();
    }

    /** @return the client, to read its metrics from */
    public KafkaStreams streams() {
        return streams;
    }

    private StreamThreadExceptionResponse uncaught(Throwable error) {
        if (faults.forgives(error)) {
            LOG.warn("a thread of the detector met a passing fault and is replaced: {}", rootMessage(error));
            return StreamThreadExceptionResponse.REPLACE_THREAD;
        }
        LOG.error("the detector gives up", error);
        fatal.set(error);
        return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
    }

    /** Commits what is done and leaves the group, so that others take over at once. */
    @Override
    public void close() {
        close(LONGEST_CLOSE);
    }

    /** @param limit at most 8 s are taken of it */
    public void close(Duration limit) {
        Duration timeout = limit.compareTo(LONGEST_CLOSE) < 0 ? limit : LONGEST_CLOSE;
        boolean stopped = streams.close(
                CloseOptions.timeout(timeout).withGroupMembershipOperation(GroupMembershipOperation.LEAVE_GROUP));
        if (!stopped)
            LOG.warn("the detector did not stop within {} ms; its state is restored next time", timeout.toMillis());
    }

    private static String rootMessage(Throwable error) {
        Throwable root = error;
        while (root.getCause() != null) root = root.getCause();
        return Optional.ofNullable(root.getMessage()).orElse(root.toString());
    }
}
