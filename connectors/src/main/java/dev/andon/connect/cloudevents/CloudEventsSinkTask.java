package dev.andon.connect.cloudevents;

import dev.andon.connect.common.DeliveryLog;
import dev.andon.connect.common.SignalSinkTask;
import dev.andon.connect.common.SinkSettings;
import java.time.Clock;
import java.util.Map;
import java.util.function.Function;

/** Delivers the signals of some partitions to one receiver of events. */
public final class CloudEventsSinkTask extends SignalSinkTask {
    /** For the framework. */
    public CloudEventsSinkTask() {
        this(Clock.systemUTC(), DeliveryLog::open);
    }

    CloudEventsSinkTask(Clock clock, Function<SinkSettings, DeliveryLog> openLog) {
        super(clock, openLog);
    }

    @Override
    protected Opened open(Map<String, String> props, Clock clock) {
        return CloudEventsSinkConfig.parse(props).open(clock);
    }
}
