package dev.andon.connect.events;

import dev.andon.connect.intake.Endpoint;
import dev.andon.connect.intake.PushSourceTask;
import dev.andon.connect.outlet.Outlet;
import dev.andon.connect.outlet.SourceMetrics;
import dev.andon.connect.outlet.Topics;
import java.time.Clock;
import org.apache.kafka.common.config.AbstractConfig;

/** Listens. See {@link RolloutEventsSourceConnector}. */
public final class RolloutEventsSourceTask extends PushSourceTask {
    public RolloutEventsSourceTask() {
        super(RolloutEventsSourceConfig.OPTIONS);
    }

    @Override
    protected Endpoint open(AbstractConfig config, Clock clock, SourceMetrics metrics) {
        var outlet = new Outlet("rollout-events", Topics.of(config), metrics);
        return new EventsEndpoint(config, clock, outlet, metrics);
    }
}
