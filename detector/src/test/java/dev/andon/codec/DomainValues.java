package dev.andon.codec;

import dev.andon.domain.Action;
import dev.andon.domain.Candidate;
import dev.andon.domain.ChangePoint;
import dev.andon.domain.ClusterInfo;
import dev.andon.domain.Controller;
import dev.andon.domain.Coverage;
import dev.andon.domain.Delivery;
import dev.andon.domain.DnsSample;
import dev.andon.domain.Evidence;
import dev.andon.domain.Exposure;
import dev.andon.domain.Histogram;
import dev.andon.domain.LatencySample;
import dev.andon.domain.Measurement;
import dev.andon.domain.OperatorOverride;
import dev.andon.domain.Phase;
import dev.andon.domain.RolloutEvent;
import dev.andon.domain.Signal;
import dev.andon.domain.Workload;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Any value of the domain that a constructor lets through, with times of whole milliseconds. */
final class DomainValues {
    private DomainValues() {}

    static Arbitrary<Instant> times() {
        return Arbitraries.longs().between(0, 4_102_444_800_000L).map(Instant::ofEpochMilli);
    }

    static Arbitrary<String> names() {
        return Arbitraries.strings()
                .alpha()
                .numeric()
                .withChars("-/.:µ ")
                .ofMinLength(1)
                .ofMaxLength(12)
                .filter(name -> !name.isBlank());
    }

    static Arbitrary<Long> counts() {
        return Arbitraries.longs().between(0, Long.MAX_VALUE / 1_000);
    }

    static Arbitrary<Duration> intervals() {
        return Arbitraries.longs().between(1, 86_400_000).map(Duration::ofMillis);
    }

    static Arbitrary<Double> numbers() {
        return Arbitraries.doubles();
    }

    static <T> Arbitrary<Optional<T>> maybe(Arbitrary<T> values) {
        return values.optional(0.6);
    }

    static Arbitrary<OptionalLong> maybeCount() {
        return maybe(counts()).map(v -> v.map(OptionalLong::of).orElseGet(OptionalLong::empty));
    }

    static Arbitrary<OptionalDouble> maybeNumber(Arbitrary<Double> values) {
        return maybe(values).map(v -> v.map(OptionalDouble::of).orElseGet(OptionalDouble::empty));
    }

    static Arbitrary<Double> probabilities() {
        return Arbitraries.doubles().between(0, 1);
    }

    static Arbitrary<Workload> workloads() {
        return Combinators.combine(names(), Arbitraries.of("", "kube-system"), names())
                .as(Workload::new);
    }

    static Arbitrary<Coverage> coverages() {
        return Combinators.combine(counts(), counts()).as(Coverage::new);
    }

    static Arbitrary<RolloutEvent> rollouts() {
        Arbitrary<Controller> controllers =
                Combinators.combine(names(), Arbitraries.of("", "ns/name")).as(Controller::new);
        return Combinators.combine(times(), names(), names(), Arbitraries.of(Phase.class), workloads())
                .flatAs((time, id, cluster, phase, workload) -> Combinators.combine(
                                maybe(names()), maybe(coverages()), maybeCount(), maybe(names()), maybe(controllers))
                        .as((revision, coverage, nodes, identity, controller) -> new RolloutEvent(
                                time, id, cluster, phase, workload, revision, coverage, nodes, identity, controller)));
    }

    static Arbitrary<Histogram> histograms() {
        Arbitrary<double[]> bounds = Arbitraries.doubles()
                .between(0, 1e6)
                .set()
                .ofMinSize(1)
                .ofMaxSize(20)
                .map(set ->
                        set.stream().mapToDouble(Double::doubleValue).sorted().toArray());
        return bounds.flatMap(b -> Combinators.combine(
                        counts().array(Long[].class).ofSize(b.length + 1),
                        maybeNumber(Arbitraries.doubles().between(0, 1e9)))
                .as((counts, sum) -> new Histogram(
                        b,
                        java.util.Arrays.stream(counts)
                                .mapToLong(Long::longValue)
                                .toArray(),
                        sum)));
    }

    static Arbitrary<Map<String, Long>> codes() {
        return Arbitraries.maps(
                Arbitraries.of("200", "404", "429", "500"), Arbitraries.longs().between(0, 1_000_000));
    }

    static Arbitrary<LatencySample> latencies() {
        return Combinators.combine(
                        times(), names(), names(), names(), maybe(names()), intervals(), histograms(), codes())
                .flatAs((time, cluster, instance, verb, scope, interval, histogram, codes) -> maybe(names())
                        .map(client -> new LatencySample(
                                time, cluster, instance, verb, scope, interval, histogram, codes, client)));
    }

    static Arbitrary<DnsSample> dns() {
        return Combinators.combine(
                        times(), names(), names(), Arbitraries.of(DnsSample.View.class), intervals(), codes())
                .flatAs((time, cluster, server, view, interval, rcodes) -> Combinators.combine(
                                counts(), counts(), counts())
                        .as((more, timeouts, stale) -> {
                            long answered = rcodes.values().stream()
                                    .mapToLong(Long::longValue)
                                    .sum();
                            return new DnsSample(
                                    time, cluster, server, view, interval, answered + more, rcodes, timeouts, stale);
                        }));
    }

    static Arbitrary<Measurement> measurements() {
        return Combinators.combine(
                        times(),
                        names(),
                        names(),
                        numbers(),
                        Arbitraries.of("", "s"),
                        Arbitraries.of(Measurement.Worse.class),
                        maybe(workloads()))
                .as(Measurement::new);
    }

    static Arbitrary<ClusterInfo> clusterInfos() {
        Arbitrary<Duration> caches = Arbitraries.longs().between(0, 1_000_000).map(Duration::ofSeconds);
        return Combinators.combine(times(), names(), maybe(names()), maybe(names()), maybeCount(), maybe(caches))
                .as(ClusterInfo::new);
    }

    static Arbitrary<Evidence> evidence() {
        return Combinators.combine(
                        names(),
                        Arbitraries.of(Evidence.Kind.class),
                        Arbitraries.oneOf(numbers(), Arbitraries.just(Double.NaN)),
                        numbers(),
                        Arbitraries.of("", "s"),
                        times(),
                        probabilities(),
                        counts())
                .as(Evidence::new);
    }

    static Arbitrary<ChangePoint> changePoints() {
        return Combinators.combine(times(), names(), evidence(), times(), times(), Arbitraries.of(true, false))
                .as(ChangePoint::new);
    }

    static Arbitrary<Signal> signals() {
        Arbitrary<Candidate> candidates = Combinators.combine(
                        names(), probabilities(), Arbitraries.of(true, false), maybe(names()))
                .as(Candidate::new);
        Arbitrary<Exposure> exposures =
                Combinators.combine(counts(), counts(), counts()).as(Exposure::new);
        return Combinators.combine(times(), names(), Arbitraries.of(Action.class), maybe(names()), maybe(names()))
                .flatAs((time, id, action, rollout, cluster) -> Combinators.combine(
                                maybe(times()),
                                maybeNumber(probabilities()),
                                names(),
                                evidence().list().ofMaxSize(3),
                                candidates.list().ofMaxSize(3),
                                maybe(exposures),
                                maybe(times()),
                                maybe(times()))
                        .as((onset, probability, reason, evidence, all, exposure, until, expires) -> new Signal(
                                time,
                                id,
                                action,
                                rollout,
                                cluster,
                                onset,
                                probability,
                                reason,
                                evidence,
                                all,
                                exposure,
                                until,
                                expires)));
    }

    static Arbitrary<OperatorOverride> overrides() {
        return Combinators.combine(
                        times(),
                        names(),
                        maybe(names()),
                        Arbitraries.of(OperatorOverride.Decision.class),
                        names(),
                        Arbitraries.of("", "known to be harmless"),
                        Arbitraries.oneOf(times(), Arbitraries.just(Instant.MAX)))
                .as(OperatorOverride::new);
    }

    static Arbitrary<Delivery> deliveries() {
        Arbitrary<OptionalInt> statuses = maybe(Arbitraries.integers().between(100, 599))
                .map(v -> v.map(OptionalInt::of).orElseGet(OptionalInt::empty));
        return Combinators.combine(
                        times(), names(), maybe(names()), names(), names(), Arbitraries.of(Delivery.Status.class))
                .flatAs((time, id, rollout, sink, target, status) -> Combinators.combine(
                                counts(), statuses, maybe(intervals()), maybe(names()), maybe(times()))
                        .as((attempt, http, latency, detail, retryAt) -> new Delivery(
                                time, id, rollout, sink, target, status, attempt, http, latency, detail, retryAt)));
    }
}
