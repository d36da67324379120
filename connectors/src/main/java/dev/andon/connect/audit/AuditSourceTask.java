package dev.andon.connect.audit;

import dev.andon.connect.intake.Endpoint;
import dev.andon.connect.intake.PushSourceTask;
import dev.andon.connect.outlet.Outlet;
import dev.andon.connect.outlet.SourceMetrics;
import dev.andon.connect.outlet.Topics;
import java.time.Clock;
import org.apache.kafka.common.config.AbstractConfig;

/** Listens. See {@link AuditSourceConnector}. */
public final class AuditSourceTask extends PushSourceTask {
    public AuditSourceTask() {
        super(AuditSourceConfig.OPTIONS);
    }

    @Override
    protected Endpoint open(AbstractConfig config, Clock clock, SourceMetrics metrics) {
        var outlet = new Outlet("audit", Topics.of(config), metrics);
        return new AuditEndpoint(config, clock, outlet, metrics);
    }
}
