package dev.andon.connect.slack;

import dev.andon.connect.common.DeliveryLog;
import dev.andon.connect.common.SignalSinkTask;
import dev.andon.connect.common.SinkSettings;
import java.time.Clock;
import java.util.Map;
import java.util.function.Function;

/** Delivers the signals of some partitions to one channel. */
public final class SlackSinkTask extends SignalSinkTask {
    /** For the framework. */
    public SlackSinkTask() {
        this(Clock.systemUTC(), DeliveryLog::open);
    }

    SlackSinkTask(Clock clock, Function<SinkSettings, DeliveryLog> openLog) {
        super(clock, openLog);
    }

    @Override
    protected Opened open(Map<String, String> props, Clock clock) {
        return SlackSinkConfig.parse(props).open(clock);
    }
}
