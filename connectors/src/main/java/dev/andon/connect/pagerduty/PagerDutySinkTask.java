package dev.andon.connect.pagerduty;

import dev.andon.connect.common.DeliveryLog;
import dev.andon.connect.common.SignalSinkTask;
import dev.andon.connect.common.SinkSettings;
import java.time.Clock;
import java.util.Map;
import java.util.function.Function;

/** Delivers the signals of some partitions to one PagerDuty service. */
public final class PagerDutySinkTask extends SignalSinkTask {
    /** For the framework. */
    public PagerDutySinkTask() {
        this(Clock.systemUTC(), DeliveryLog::open);
    }

    PagerDutySinkTask(Clock clock, Function<SinkSettings, DeliveryLog> openLog) {
        super(clock, openLog);
    }

    @Override
    protected Opened open(Map<String, String> props, Clock clock) {
        return PagerDutySinkConfig.parse(props).open(clock);
    }
}
