package dev.andon.connect.query;

import dev.andon.connect.outlet.Outlet;
import dev.andon.connect.outlet.Outlet.Position;
import dev.andon.connect.outlet.SourceMetrics;
import dev.andon.schema.Measurement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One query, how far it was read, and when to ask again. Used by the polling thread only. */
final class QueryLane {
    private static final Logger LOG = LoggerFactory.getLogger(PrometheusQuerySourceTask.class);
    private static final Pattern PLACE = Pattern.compile("<([^>]+)>");
    private static final long MAX_PAUSE_MILLIS = 60_000;

    /** How often an answer that may lack something is asked for again. */
    private static final int PARTIAL_TRIES = 5;

    private final QuerySettings settings;
    private final RangeQuery query;
    private final PrometheusApi api;
    private final Outlet outlet;
    private final SourceMetrics metrics;
    private long doneMillis;
    private long notBeforeMillis = Long.MIN_VALUE;
    private int failures;
    private @Nullable Refusal standing;

    QueryLane(
            QuerySettings settings,
            RangeQuery query,
            PrometheusApi api,
            Outlet outlet,
            SourceMetrics metrics,
            OptionalLong stored,
            Instant now) {
        this.settings = settings;
        this.query = query;
        this.api = api;
        this.outlet = outlet;
        this.metrics = metrics;
        long begin = settings.from().orElse(now.minus(settings.lag())).toEpochMilli();
        this.doneMillis = stored.orElse(begin - settings.step().toMillis());
    }

    /** What identifies the stream: another query, step or server is another. */
    static Map<String, String> partition(QuerySettings settings, RangeQuery query) {
        return Map.of(
                "url", settings.url().toString(),
                "query", query.promql(),
                "series", query.series(),
                "stepMillis", Long.toString(settings.step().toMillis()));
    }

    /** @return when the next request is due, since the epoch */
    long dueMillis() {
        long step = settings.step().toMillis();
        long next =
                Math.floorDiv(doneMillis, step) * step + step + settings.lag().toMillis();
        return Math.max(next, notBeforeMillis);
    }

    /** Asks for what is due, if anything is. */
    List<SourceRecord> poll(Instant now) throws InterruptedException {
        long nowMillis = now.toEpochMilli();
        Optional<Steps> steps = nowMillis < notBeforeMillis
                ? Optional.empty()
                : Steps.next(
                        doneMillis,
                        nowMillis,
                        settings.step().toMillis(),
                        settings.lag().toMillis(),
                        settings.maxSteps());
        return steps.isPresent() ? ask(steps.get(), nowMillis) : List.of();
    }

    private List<SourceRecord> ask(Steps steps, long nowMillis) throws InterruptedException {
        PrometheusApi.Result result = api.range(query, steps);
        if (result instanceof PrometheusApi.Result.Failed failed) {
            return failed(failed.reason(), failed.message(), nowMillis);
        }
        RangeAnswer answer = ((PrometheusApi.Result.Answered) result).answer();
        if (answer.partial() && failures < PARTIAL_TRIES) {
            return failed(Refusal.PARTIAL, "the server warns that its answer may lack something", nowMillis);
        }
        if (standing != null) {
            LOG.info("Query {}: no longer {}", query.series(), SourceMetrics.label(standing));
        }
        standing = null;
        failures = 0;
        if (answer.series().isEmpty()) {
            // A gap is a gap: nothing is written, and the detector sees the silence.
            metrics.rejected(Refusal.EMPTY, 1);
        }
        List<SourceRecord> records = records(answer, steps);
        doneMillis = steps.toMillis();
        return records;
    }

    private List<SourceRecord> failed(Refusal reason, String message, long nowMillis) {
        metrics.rejected(reason, 1);
        if (standing != reason) {
            standing = reason;
            LOG.warn("Query {} of {}: {} ({})", query.series(), settings.url(), message, SourceMetrics.label(reason));
        }
        notBeforeMillis = nowMillis + Math.min(MAX_PAUSE_MILLIS, 1_000L << Math.min(failures, 6));
        failures++;
        return List.of();
    }

    private record Point(long timeMillis, Measurement measurement) {}

    private List<SourceRecord> records(RangeAnswer answer, Steps steps) {
        var points = new ArrayList<Point>();
        for (RangeAnswer.Series series : answer.series()) {
            String cluster = series.labels().getOrDefault(settings.clusterLabel(), settings.usualCluster());
            if (cluster.isEmpty()) {
                metrics.rejected(Refusal.NO_CLUSTER, 1);
                continue;
            }
            String name = PLACE.matcher(query.series())
                    .replaceAll(
                            place -> Matcher.quoteReplacement(series.labels().getOrDefault(place.group(1), "unknown")));
            for (RangeAnswer.Point point : series.points()) {
                boolean asked = point.timeMillis() >= steps.fromMillis() && point.timeMillis() <= steps.toMillis();
                if (asked && Double.isFinite(point.value())) {
                    points.add(new Point(point.timeMillis(), measurement(cluster, name, point)));
                } else {
                    metrics.rejected(Refusal.NOT_A_NUMBER, 1);
                }
            }
        }
        points.sort(Comparator.comparingLong(Point::timeMillis));
        return offsets(points);
    }

    /** A step counts as written with its last record only: what comes before it says the step before. */
    private List<SourceRecord> offsets(List<Point> points) {
        var records = new ArrayList<SourceRecord>();
        long complete = doneMillis;
        for (int i = 0; i < points.size(); i++) {
            boolean last = i + 1 == points.size()
                    || points.get(i + 1).timeMillis() > points.get(i).timeMillis();
            complete = last ? points.get(i).timeMillis() : complete;
            var position = new Position(partition(settings, query), Map.of("doneMillis", complete));
            records.add(outlet.record(position, points.get(i).measurement()));
        }
        return records;
    }

    private Measurement measurement(String cluster, String name, RangeAnswer.Point point) {
        return Measurement.newBuilder()
                .setTime(Instant.ofEpochMilli(point.timeMillis()))
                .setCluster(cluster)
                .setSeries(name)
                .setValue(point.value())
                .setUnit(query.unit())
                .setWorse(query.worse())
                .build();
    }
}
