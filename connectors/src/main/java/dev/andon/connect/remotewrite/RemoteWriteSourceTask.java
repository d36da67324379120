package dev.andon.connect.remotewrite;

import dev.andon.connect.intake.Endpoint;
import dev.andon.connect.intake.PushSourceTask;
import dev.andon.connect.outlet.Outlet;
import dev.andon.connect.outlet.SourceMetrics;
import dev.andon.connect.outlet.Topics;
import java.time.Clock;
import org.apache.kafka.common.config.AbstractConfig;

/** Listens for remote write. See {@link RemoteWriteSourceConnector}. */
public final class RemoteWriteSourceTask extends PushSourceTask {
    public RemoteWriteSourceTask() {
        super(RemoteWriteSourceConfig.OPTIONS);
    }

    @Override
    protected Endpoint open(AbstractConfig config, Clock clock, SourceMetrics metrics) {
        var outlet = new Outlet("remote-write", Topics.of(config), metrics);
        return new RemoteWriteEndpoint(RemoteWriteSettings.of(config), clock, outlet, metrics);
    }
}
