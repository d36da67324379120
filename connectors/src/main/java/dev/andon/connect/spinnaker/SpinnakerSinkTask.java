package dev.andon.connect.spinnaker;

import dev.andon.connect.common.DeliveryLog;
import dev.andon.connect.common.RolloutDirectory;
import dev.andon.connect.common.RolloutOptions;
import dev.andon.connect.common.SignalSinkTask;
import dev.andon.connect.common.SinkSettings;
import java.time.Clock;
import java.util.Map;
import java.util.function.Function;

/** Carries out the signals of some partitions in one Spinnaker. */
public final class SpinnakerSinkTask extends SignalSinkTask {
    private final Function<SpinnakerSinkConfig, RolloutDirectory> openDirectory;

    /** For the framework. */
    public SpinnakerSinkTask() {
        this(Clock.systemUTC(), DeliveryLog::open, config -> RolloutOptions.open(config.all(), Clock.systemUTC()));
    }

    SpinnakerSinkTask(
            Clock clock,
            Function<SinkSettings, DeliveryLog> openLog,
            Function<SpinnakerSinkConfig, RolloutDirectory> openDirectory) {
        super(clock, openLog);
        this.openDirectory = openDirectory;
    }

    @Override
    protected Opened open(Map<String, String> props, Clock clock) {
        SpinnakerSinkConfig config = SpinnakerSinkConfig.parse(props);
        return config.open(clock, openDirectory.apply(config));
    }
}
