package dev.andon.connect.query;

import dev.andon.connect.common.Version;
import dev.andon.connect.outlet.Outlet;
import dev.andon.connect.outlet.SourceMetrics;
import dev.andon.connect.outlet.Topics;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTask;
import org.jspecify.annotations.Nullable;

/** Asks a share of the queries. See {@link PrometheusQuerySourceConnector}. */
public final class PrometheusQuerySourceTask extends SourceTask {
    private static final long LONGEST_POLL_MILLIS = 500;

    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Clock clock = Clock.systemUTC();
    private final List<QueryLane> lanes = new ArrayList<>();

    @Override
    public String version() {
        return Version.current();
    }

    @Override
    public void start(Map<String, String> props) {
        var config = new AbstractConfig(PrometheusQuerySourceConfig.OPTIONS, props, false);
        QuerySettings settings = QuerySettings.of(config);
        SourceMetrics metrics = SourceMetrics.of(context);
        var outlet = new Outlet("prometheus-query", Topics.of(config), metrics);
        var api = new PrometheusApi(settings);
        Instant now = clock.instant();
        settings.queries()
                .forEach(query ->
                        lanes.add(new QueryLane(settings, query, api, outlet, metrics, stored(settings, query), now)));
    }

    private OptionalLong stored(QuerySettings settings, RangeQuery query) {
        Map<String, Object> offset = context.offsetStorageReader().offset(QueryLane.partition(settings, query));
        return offset != null && offset.get("doneMillis") instanceof Number done
                ? OptionalLong.of(done.longValue())
                : OptionalLong.empty();
    }

    @Override
    public @Nullable List<SourceRecord> poll() throws InterruptedException {
        long due = lanes.stream().mapToLong(QueryLane::dueMillis).min().orElse(Long.MAX_VALUE);
        long wait = Math.max(0, Math.min(LONGEST_POLL_MILLIS, due - clock.millis()));
        if (stopped.await(wait, TimeUnit.MILLISECONDS)) {
            return null;
        }
        var records = new ArrayList<SourceRecord>();
        for (QueryLane lane : lanes) {
            records.addAll(lane.poll(clock.instant()));
        }
        return records.isEmpty() ? null : records;
    }

    /** Called from another thread than the one that polls. */
    @Override
    public void stop() {
        stopped.countDown();
    }
}
