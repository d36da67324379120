package dev.andon.connect.remotewrite;

import dev.andon.connect.exposition.Defect;
import dev.andon.connect.exposition.Malformed;
import dev.andon.connect.totals.DeltaTracker;
import dev.andon.connect.totals.Origin;
import dev.andon.connect.totals.Rejection;
import dev.andon.schema.Measurement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** Everything that is remembered between requests. Requests are decoded side by side and applied one after another. */
final class Receiver {
    private static final long FORGET_AFTER_MILLIS = 3_600_000;
    private static final long LOOK_EVERY_MILLIS = 600_000;

    private final RemoteWriteSettings settings;
    private final Mapping mapping;
    private final Map<LabelKey, KnownSeries> known = new HashMap<>();
    private final Map<Owner, ServerTotals> servers = new HashMap<>();
    private final Replicas replicas = new Replicas();
    private final LabelKey probe = new LabelKey();
    private long lastLookMillis;

    private record Owner(Origin origin, String replica) {}

    /** What came of a scrape. */
    enum Outcome {
        /** It has samples. */
        COMPARED,
        /** It has nothing to compare with, or nothing that is of use. */
        BASELINE
    }

    /**
     * What a request gave.
     *
     * @param written samples that were taken, or left out on purpose
     * @param records samples to write
     * @param refusals how many samples were refused, by reason
     * @param examples of refusals, one for each reason that has one
     * @param rejections of the pages that were put together
     * @param malformed what of those pages contradicts itself
     * @param scrapes that were put together, by whether they gave samples
     */
    record Applied(
            int written,
            List<SpecificRecord> records,
            Map<Refusal, Integer> refusals,
            Map<Refusal, String> examples,
            Map<Rejection, Integer> rejections,
            Map<Defect, Malformed> malformed,
            Map<Outcome, Integer> scrapes) {
        static Applied nothing() {
            return new Applied(
                    0,
                    new ArrayList<>(),
                    new EnumMap<>(Refusal.class),
                    new EnumMap<>(Refusal.class),
                    new EnumMap<>(Rejection.class),
                    new EnumMap<>(Defect.class),
                    new EnumMap<>(Outcome.class));
        }

        Applied withWritten(int count) {
            return new Applied(count, records, refusals, examples, rejections, malformed, scrapes);
        }

        private void refuse(Refusal reason, @Nullable String example) {
            refusals.merge(reason, 1, Integer::sum);
            if (example != null) {
                examples.putIfAbsent(reason, example);
            }
        }

        private void take(ServerTotals.Closed closed) {
            DeltaTracker.Step step = closed.step();
            records.addAll(step.samples());
            scrapes.merge(step.samples().isEmpty() ? Outcome.BASELINE : Outcome.COMPARED, 1, Integer::sum);
            step.rejections().forEach((reason, count) -> rejections.merge(reason, count, Integer::sum));
            closed.malformed()
                    .forEach((defect, series) -> malformed.merge(
                            defect,
                            series,
                            (first, more) -> new Malformed(
                                    defect, first.count() + more.count(), first.position(), first.excerpt())));
        }
    }

    Receiver(RemoteWriteSettings settings) {
        this.settings = settings;
        this.mapping = new Mapping(settings);
    }

    synchronized Applied apply(Batch batch, Instant now) {
        long nowMillis = now.toEpochMilli();
        var applied = Applied.nothing();
        var touched = new LinkedHashSet<ServerTotals>();
        int written = 0;
        for (int i = 0; i < batch.size(); i++) {
            Refusal refusal = apply(batch, i, nowMillis, applied, touched);
            if (refusal == null
                    || refusal == Refusal.UNMAPPED
                    || refusal == Refusal.OTHER_REPLICA
                    || refusal == Refusal.LATE) {
                written++;
            }
            if (refusal != null) {
                applied.refuse(refusal, null);
            }
        }
        touched.forEach(server -> takeComplete(server, nowMillis, applied));
        return applied.withWritten(written);
    }

    /** @return what has become complete because time has passed */
    synchronized Applied due(Instant now) {
        long nowMillis = now.toEpochMilli();
        var applied = Applied.nothing();
        servers.values().forEach(server -> takeComplete(server, nowMillis, applied));
        if (nowMillis - lastLookMillis > LOOK_EVERY_MILLIS) {
            lastLookMillis = nowMillis;
            forgetSilent(nowMillis);
        }
        return applied;
    }

    private static void takeComplete(ServerTotals server, long nowMillis, Applied applied) {
        Optional<ServerTotals.Closed> closed = server.next(nowMillis);
        while (closed.isPresent()) {
            applied.take(closed.get());
            closed = server.next(nowMillis);
        }
    }

    private @Nullable Refusal apply(
            Batch batch, int sample, long nowMillis, Applied applied, Set<ServerTotals> touched) {
        KnownSeries series = known.get(batch.key(sample, probe));
        if (series == null) {
            Object found = register(batch, sample, applied);
            if (found instanceof Refusal refusal) {
                return refusal;
            }
            series = (KnownSeries) found;
        }
        series.seen(nowMillis);
        Meaning meaning = series.meaning();
        if (meaning instanceof Meaning.Unmapped) {
            return Refusal.UNMAPPED;
        }
        if (meaning instanceof Meaning.Unusable unusable) {
            applied.examples().putIfAbsent(unusable.reason(), unusable.detail());
            return unusable.reason();
        }
        Refusal untimely = untimely(batch.timeMillis(sample), nowMillis);
        if (untimely != null) {
            return untimely;
        }
        return meaning instanceof Meaning.Shown shown
                ? show(series, shown, batch, sample, nowMillis, touched)
                : measure((Meaning.Measured) meaning, batch, sample, nowMillis, applied);
    }

    private @Nullable Refusal untimely(long timeMillis, long nowMillis) {
        if (timeMillis - nowMillis > settings.maxSkew().toMillis()) {
            return Refusal.FROM_THE_FUTURE;
        }
        return nowMillis - timeMillis > settings.maxAge().toMillis() ? Refusal.TOO_OLD : null;
    }

    private @Nullable Refusal show(
            KnownSeries series,
            Meaning.Shown shown,
            Batch batch,
            int sample,
            long nowMillis,
            Set<ServerTotals> touched) {
        ServerTotals server = series.server();
        if (server == null || !replicas.accepts(shown.origin().cluster(), shown.replica(), nowMillis)) {
            return Refusal.OTHER_REPLICA;
        }
        touched.add(server);
        boolean timely = server.set(
                series.slot(), batch.timeMillis(sample), batch.value(sample), batch.histogram(sample), nowMillis);
        return timely ? null : Refusal.LATE;
    }

    private @Nullable Refusal measure(
            Meaning.Measured measured, Batch batch, int sample, long nowMillis, Applied applied) {
        double value = batch.value(sample);
        if (BatchDecoder.isStale(value)) {
            return null;
        }
        if (!Double.isFinite(value) || batch.histogram(sample) != null) {
            return Refusal.NOT_A_NUMBER;
        }
        if (!replicas.accepts(measured.cluster(), measured.replica(), nowMillis)) {
            return Refusal.OTHER_REPLICA;
        }
        applied.records()
                .add(Measurement.newBuilder()
                        .setTime(Instant.ofEpochMilli(batch.timeMillis(sample)))
                        .setCluster(measured.cluster())
                        .setSeries(measured.series())
                        .setValue(value)
                        .setUnit(measured.rule().unit())
                        .setWorse(measured.rule().worse())
                        .build());
        return null;
    }

    /** @return a {@link KnownSeries}, or why it is refused */
    private Object register(Batch batch, int sample, Applied applied) {
        Meaning meaning;
        try {
            meaning = mapping.of(SeriesLabels.read(batch.labels(), batch.from(sample), batch.to(sample)));
        } catch (RefusedException e) {
            applied.examples().putIfAbsent(e.reason(), "" + e.getMessage());
            return e.reason();
        }
        if (known.size() >= settings.maxSeries()) {
            return meaning instanceof Meaning.Unmapped ? Refusal.UNMAPPED : Refusal.TOO_MANY_SERIES;
        }
        KnownSeries series;
        if (meaning instanceof Meaning.Shown shown) {
            ServerTotals server = servers.computeIfAbsent(
                    new Owner(shown.origin(), shown.replica()), owner -> new ServerTotals(settings, owner.origin()));
            series = new KnownSeries(meaning, server);
            server.add(series, shown);
        } else {
            series = new KnownSeries(meaning, null);
        }
        known.put(batch.key(sample, probe).copy(), series);
        return series;
    }

    private void forgetSilent(long nowMillis) {
        var silent = new HashSet<KnownSeries>();
        var busy = new HashSet<ServerTotals>();
        servers.values().stream().filter(server -> !server.isIdle()).forEach(busy::add);
        known.values().removeIf(series -> {
            boolean gone = nowMillis - series.lastSeenMillis() > FORGET_AFTER_MILLIS && !busy.contains(series.server());
            if (gone) {
                silent.add(series);
            }
            return gone;
        });
        var concerned = new HashSet<ServerTotals>();
        silent.forEach(series -> {
            ServerTotals server = series.server();
            if (server != null) {
                concerned.add(server);
            }
        });
        concerned.forEach(server -> server.forget(silent));
        servers.values().removeIf(ServerTotals::isEmpty);
    }
}
