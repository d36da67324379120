package dev.andon.connect.argocd;

import dev.andon.connect.common.DeliveryLog;
import dev.andon.connect.common.RolloutDirectory;
import dev.andon.connect.common.RolloutOptions;
import dev.andon.connect.common.SignalSinkTask;
import dev.andon.connect.common.SinkSettings;
import java.time.Clock;
import java.util.Map;
import java.util.function.Function;

/** Carries out the signals of some partitions in one Argo CD. */
public final class ArgoCdSinkTask extends SignalSinkTask {
    private final Function<ArgoCdSinkConfig, RolloutDirectory> openDirectory;

    /** For the framework. */
    public ArgoCdSinkTask() {
        this(Clock.systemUTC(), DeliveryLog::open, config -> RolloutOptions.open(config.all(), Clock.systemUTC()));
    }

    ArgoCdSinkTask(
            Clock clock,
            Function<SinkSettings, DeliveryLog> openLog,
            Function<ArgoCdSinkConfig, RolloutDirectory> openDirectory) {
        super(clock, openLog);
        this.openDirectory = openDirectory;
    }

    @Override
    protected Opened open(Map<String, String> props, Clock clock) {
        ArgoCdSinkConfig config = ArgoCdSinkConfig.parse(props);
        return config.open(clock, openDirectory.apply(config));
    }
}
