package dev.andon.service;

import dev.andon.service.config.AndonConfig;
import dev.andon.topology.DetectorApplication;
import dev.andon.topology.StreamsProperties;
import dev.andon.topology.Topics;
import dev.andon.topology.TopologySettings;
import io.micrometer.core.instrument.Gauge;
import java.time.Clock;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The detector as a part of the service: configured from {@code andon.yaml}, with metrics. */
public final class DetectorStreams implements StreamsApplication {
    private static final Logger LOG = LoggerFactory.getLogger(DetectorStreams.class);
    private static final String RESTORED = "andon.state.restored.ratio";

    private final DetectorApplication application;
    private final AutoCloseable meters;

    private DetectorStreams(DetectorApplication application, AutoCloseable meters) {
        this.application = application;
        this.meters = meters;
    }

    /** @param clock by which times from the future are refused and quiet time is noticed */
    public static Factory factory(Clock clock) {
        return context -> create(context, clock);
    }

    private static DetectorStreams create(Context context, Clock clock) {
        AndonConfig config = context.config();
        Topics topics = config.kafka().topics();
        StreamsProperties defaults = StreamsProperties.of(
                topics.prefix() + "detector", context.bootstrapServers(), context.stateDirectory());
        DetectorApplication application = new DetectorApplication(
                defaults.withClients(context.clients()),
                TopologySettings.live(config.detection()),
                topics,
                clock,
                context.metrics());
        Gauge.builder(RESTORED, application, DetectorApplication::restored)
                .description("Part of the detector's state that is restored, 0 to 1")
                .register(context.metrics().registry());
        return new DetectorStreams(application, context.metrics().bind(application.streams()));
    }

    @Override
    public void start() {
        application.start();
    }

    @Override
    public State state() {
        Phase phase =
                switch (application.phase()) {
                    case STARTING -> Phase.STARTING;
                    case RUNNING -> Phase.RUNNING;
                    case FAILED -> Phase.FAILED;
                    case STOPPED -> Phase.STOPPED;
                };
        return new State(phase, application.detail());
    }

    @Override
    public void close(Duration limit) {
        try {
            meters.close();
        } catch (Exception e) {
            LOG.warn("the detector's metrics did not close cleanly: {}", e.toString());
        }
        application.close(limit);
    }
}
