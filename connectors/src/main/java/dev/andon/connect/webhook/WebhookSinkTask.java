package dev.andon.connect.webhook;

import dev.andon.connect.common.DeliveryLog;
import dev.andon.connect.common.HttpOptions;
import dev.andon.connect.common.SignalSinkTask;
import dev.andon.connect.common.SinkSettings;
import java.time.Clock;
import java.util.Map;
import java.util.function.Function;

/** Delivers the signals of some partitions to one webhook. */
public final class WebhookSinkTask extends SignalSinkTask {
    /** For the framework. */
    public WebhookSinkTask() {
        this(Clock.systemUTC(), DeliveryLog::open);
    }

    WebhookSinkTask(Clock clock, Function<SinkSettings, DeliveryLog> openLog) {
        super(clock, openLog);
    }

    @Override
    protected Opened open(Map<String, String> props, Clock clock) {
        WebhookSinkConfig config = WebhookSinkConfig.parse(props);
        return new Opened(config.common(), new WebhookSender(config, HttpOptions.transport(config.all(), clock)));
    }
}
