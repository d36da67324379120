package dev.andon.connect.kubernetes;

import dev.andon.connect.common.DeliveryLog;
import dev.andon.connect.common.RolloutDirectory;
import dev.andon.connect.common.RolloutOptions;
import dev.andon.connect.common.SignalSinkTask;
import dev.andon.connect.common.SinkSettings;
import java.time.Clock;
import java.util.Map;
import java.util.function.Function;

/** Carries out the signals of some partitions in the clusters that it is given. */
public final class KubernetesSinkTask extends SignalSinkTask {
    private final Function<KubernetesSinkConfig, RolloutDirectory> openDirectory;

    /** For the framework. */
    public KubernetesSinkTask() {
        this(Clock.systemUTC(), DeliveryLog::open, config -> RolloutOptions.open(config.all(), Clock.systemUTC()));
    }

    KubernetesSinkTask(
            Clock clock,
            Function<SinkSettings, DeliveryLog> openLog,
            Function<KubernetesSinkConfig, RolloutDirectory> openDirectory) {
        super(clock, openLog);
        this.openDirectory = openDirectory;
    }

    @Override
    protected Opened open(Map<String, String> props, Clock clock) {
        KubernetesSinkConfig config = KubernetesSinkConfig.parse(props);
        return config.open(clock, openDirectory.apply(config));
    }
}
