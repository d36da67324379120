package dev.andon.connect.alertmanager;

import dev.andon.connect.common.DeliveryLog;
import dev.andon.connect.common.SignalSinkTask;
import dev.andon.connect.common.SinkSettings;
import java.time.Clock;
import java.util.Map;
import java.util.function.Function;

/** Delivers the signals of some partitions to the replicas of one Alertmanager. */
public final class AlertmanagerSinkTask extends SignalSinkTask {
    /** For the framework. */
    public AlertmanagerSinkTask() {
        this(Clock.systemUTC(), DeliveryLog::open);
    }

    AlertmanagerSinkTask(Clock clock, Function<SinkSettings, DeliveryLog> openLog) {
        super(clock, openLog);
    }

    @Override
    protected Opened open(Map<String, String> props, Clock clock) {
        return AlertmanagerSinkConfig.parse(props).open(clock);
    }
}
