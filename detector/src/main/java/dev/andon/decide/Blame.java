package dev.andon.decide;

import dev.andon.domain.Candidate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Which rollout did it, or none of them: a posterior over the rollouts that touch a hurt cluster.
 *
 * <p>A rollout's weight is how much better the course of the effect follows its dose than a cause of its own would
 * ({@link Responses}), here and in other hurt clusters, times what clusters that are fine with it or hurt without it
 * say, times its part in what is newly asked of the apiservers where samples tell the client. Pure.
 */
final class Blame {
    /** Prior weight of one rollout that reached the cluster, against 1 for "none of them". */
    private static final double PRIOR_PER_ROLLOUT = 2;

    /** A DaemonSet acts from every node, a Deployment mostly from a few: factor on the prior weight, and its inverse. */
    private static final double EVERY_NODE = 1.7;

    /** Where only DNS fails: factor for what is called DNS, and its inverse for other Deployments. */
    private static final double RESOLVER = 3;

    /** Odds of a passing trouble against a lasting one, by the number of ticks that it has lasted. */
    private static final double[] PASSING = {30, 30, 7, 5, 3, 1};

    /** Least ticks by which noise before a change makes its onset seem too early, at most. */
    private static final int ONSET_TOO_EARLY = 8;
    /** Likelihood ratio below which a rollout that came after the onset is not the cause. */
    private static final double UNLIKELY = 1;

    /** Likelihood ratio of each tick by which an onset is seen before its cause arrived. */
    private static final double EARLIER_BY_A_TICK = 0.7;

    private static final double HURT_WITHOUT = 0.1;
    private static final double FINE_WITH = 0.4;
    private static final double LEAST_FROM_FINE = 0.15;
    private static final double SIMILAR_SIZE = 0.8;
    /** Least ticks after which a cluster that is exposed and fine says something. */
    private static final int LONG_ENOUGH = 6;

    private static final double MOST_FROM_ELSEWHERE = 20;
    /** Two clusters hurt by causes of their own, one after the other, are this much rarer than one rollout that hurts both. */
    private static final double TWO_ACCIDENTS = 10;
    /** Clusters hurt within this many least ticks of each other are hurt at once. */
    private static final int AT_ONCE = 2;
    /** A cause that is no rollout and hurts several clusters explains that they are hurt at once, this much better than one of each. */
    private static final double SHARED_CAUSE = 2.5;
    /** Clusters that are hurt within this many least ticks may share a cause that is no rollout. */
    private static final int ONE_EVENT = 6;

    /** A part in the new load that says nothing, and the least and the most that callers may say. */
    private static final double NEUTRAL_SHARE = 0.25;

    private static final double LEAST_FROM_CALLERS = 0.05;
    private static final double MOST_FROM_CALLERS = 3.5;
    private static final Duration CLOCK_SKEW = Duration.ofSeconds(2);

    private final Settings settings;
    /** What was weighed of the newest report of each cluster, as it is asked for again by those of all others. */
    private final Map<String, Responses> newest = new HashMap<>();

    Blame(Settings settings) {
        this.settings = settings;
    }

    /**
     * @param candidates most probable first, exonerated ones last with the reason
     * @param none probability that no known rollout is the cause
     */
    record Verdict(List<Candidate> candidates, double none) {}

    private record Weighed(RolloutExposure exposure, double weight, Optional<String> exonerated) {}

    /** @param fleet newest reports of all clusters, {@code hurt} among them */
    Verdict judge(ClusterReport hurt, Collection<ClusterReport> fleet) {
        Instant onset = hurt.onset().orElse(hurt.time());
        Responses here = responses(hurt);
        if (!here.known()) return new Verdict(List.of(), 1);
        List<Weighed> weighed = new ArrayList<>();
        double none = 1 + passing(hurt);
        double total = none;
        for (RolloutExposure exposure : hurt.exposures()) {
            Weighed one = weigh(exposure, hurt, onset, here, fleet);
            weighed.add(one);
            total += one.weight();
        }
        double sum = total;
        List<Candidate> candidates = weighed.stream()
                .map(w -> new Candidate(
                        w.exposure().rolloutId(),
                        Math.min(1, w.weight() / sum),
                        w.exonerated().isPresent(),
                        w.exonerated()))
                .sorted(Comparator.comparingDouble(Candidate::probability)
                        .reversed()
                        .thenComparing(Candidate::rolloutId))
                .toList();
        return new Verdict(candidates, none / sum);
    }

    private Responses responses(ClusterReport report) {
        Responses known = newest.get(report.cluster());
        if (known != null && known.of(report)) return known;
        Responses weighed = new Responses(report, settings.detect().leastTick());
        newest.put(report.cluster(), weighed);
        return weighed;
    }

    /** The weight of a rollout against that of "none of them", which is 1. */
    private Weighed weigh(
            RolloutExposure exposure,
            ClusterReport hurt,
            Instant onset,
            Responses here,
            Collection<ClusterReport> fleet) {
        Instant latestOnset = onset.plus(hurt.interval().multipliedBy(3)).plus(CLOCK_SKEW);
        Duration behind = settings.detect().leastTick().multipliedBy(ONSET_TOO_EARLY);
        Optional<Instant> first = exposure.firstExposed();
        if (first.isEmpty()) return new Weighed(exposure, 0, Optional.of("has not reached this cluster"));
        if (first.get().isAfter(latestOnset)
                && (first.get().isAfter(latestOnset.plus(behind)) || here.ratio(exposure) < UNLIKELY)) {
            String why = "reached this cluster " + apart(onset, first.get()) + " after the onset";
            return new Weighed(exposure, 0, Optional.of(why));
        }
        Instant last = exposure.lastStep().orElseThrow();
        if (last.plus(settings.causalWindow()).isBefore(onset)) {
            String why = "last widened " + apart(last, onset) + " before the onset";
            return new Weighed(exposure, 0, Optional.of(why));
        }
        double weight = prior(exposure, hurt)
                * here.ratio(exposure)
                * cameLate(first.get(), onset, hurt.interval())
                * callers(exposure, hurt)
                * elsewhere(exposure, hurt, fleet)
                * hurtWithout(exposure, hurt, onset, fleet)
                * fineWith(exposure, hurt, fleet);
        return new Weighed(exposure, weight, Optional.empty());
    }

    /** An onset is seen before its cause arrived only where noise came just before: the less likely the earlier. */
    private static double cameLate(Instant first, Instant onset, Duration interval) {
        double ticks =
                (double) Duration.between(onset.plus(CLOCK_SKEW), first).toMillis() / Math.max(1, interval.toMillis());
        return Math.pow(EARLIER_BY_A_TICK, Math.max(0, ticks));
    }

    /** What other hurt clusters say of the same rollout: being hurt one after the other as it arrives is no accident. */
    private double elsewhere(RolloutExposure exposure, ClusterReport hurt, Collection<ClusterReport> fleet) {
        double ratio = 1;
        for (ClusterReport other : fleet) {
            if (other.cluster().equals(hurt.cluster()) || other.health() != ClusterReport.Health.HURT) continue;
            Responses response = responses(other);
            for (RolloutExposure there : other.exposures()) {
                if (!there.rolloutId().equals(exposure.rolloutId())
                        || there.firstExposed().isEmpty()) continue;
                double one = response.ratio(there);
                if (atOnce(hurt, other)) one /= SHARED_CAUSE;
                ratio *= Math.max(1 / MOST_FROM_ELSEWHERE, Math.min(MOST_FROM_ELSEWHERE, one));
                if (oneAfterTheOther(hurt, other, there)) ratio *= TWO_ACCIDENTS;
            }
        }
        return ratio;
    }

    /** Whether one event may have hurt both clusters. */
    private boolean atOnce(ClusterReport hurt, ClusterReport other) {
        Duration apart =
                Duration.between(hurt.onset().orElse(hurt.time()), other.onset().orElse(other.time()));
        return apart.abs().compareTo(settings.detect().leastTick().multipliedBy(AT_ONCE)) <= 0;
    }

    /** Whether the rollout reached both clusters, which were hurt at different times, before each was hurt. */
    private boolean oneAfterTheOther(ClusterReport hurt, ClusterReport other, RolloutExposure there) {
        if (hurt.onset().isEmpty() || other.onset().isEmpty()) return false;
        Instant onset = other.onset().get();
        return Duration.between(hurt.onset().get(), onset)
                                .abs()
                                .compareTo(settings.detect().leastTick().multipliedBy(ONE_EVENT))
                        > 0
                && there.firstExposed()
                        .filter(at -> !at.isAfter(onset.plus(other.interval())))
                        .isPresent();
    }

    /** Weight of "it will pass" beside that of other causes that are no rollout. */
    private static double passing(ClusterReport hurt) {
        return hurt.elevated() >= PASSING.length ? 0 : PASSING[(int) hurt.elevated()];
    }

    private static double prior(RolloutExposure exposure, ClusterReport hurt) {
        boolean everyNode = exposure.workload().kind().equals("DaemonSet");
        double prior = PRIOR_PER_ROLLOUT * (everyNode ? EVERY_NODE : 1 / EVERY_NODE);
        boolean onlyDns = hurt.evidence().stream().allMatch(e -> e.series().startsWith("dns/"));
        if (!onlyDns) return prior;
        boolean resolver = exposure.workload().name().toLowerCase(Locale.ROOT).contains("dns");
        boolean service = exposure.workload().kind().equals("Deployment");
        return prior * (resolver ? RESOLVER : service ? 1 / RESOLVER : 1);
    }

    /** Who makes the new load on the apiservers: the program that was rolled out, or somebody else? */
    private static double callers(RolloutExposure exposure, ClusterReport hurt) {
        boolean apiserver = hurt.evidence().stream().anyMatch(e -> e.series().startsWith("apiserver/"));
        if (!apiserver || hurt.newLoad().isEmpty() || exposure.identity().isEmpty()) return 1;
        String identity = exposure.identity().get();
        double share = hurt.newLoad().stream()
                .filter(caller -> caller.client().equals(identity))
                .mapToDouble(Callers.Share::share)
                .sum();
        return Math.max(LEAST_FROM_CALLERS, Math.min(MOST_FROM_CALLERS, share / NEUTRAL_SHARE));
    }

    /** Clusters no smaller and exposed no less that are fine speak against it. */
    private double fineWith(RolloutExposure exposure, ClusterReport hurt, Collection<ClusterReport> fleet) {
        Instant longAgo = hurt.time().minus(settings.detect().leastTick().multipliedBy(LONG_ENOUGH));
        double ratio = 1;
        for (ClusterReport other : fleet) {
            if (other.health() != ClusterReport.Health.FINE || smaller(other, hurt)) continue;
            boolean exposedNoLess = other.exposures().stream()
                    .filter(there -> there.rolloutId().equals(exposure.rolloutId()))
                    .anyMatch(there -> there.share() >= exposure.share()
                            && there.firstExposed().map(longAgo::isAfter).orElse(false));
            if (exposedNoLess) ratio *= FINE_WITH;
        }
        return Math.max(LEAST_FROM_FINE, ratio);
    }

    private static boolean smaller(ClusterReport other, ClusterReport hurt) {
        return hurt.nodes().isPresent()
                && other.nodes().isPresent()
                && other.nodes().get() < SIMILAR_SIZE * hurt.nodes().get();
    }

    /** Clusters hurt at the same time that the rollout had not reached speak against it. */
    private static double hurtWithout(
            RolloutExposure exposure, ClusterReport hurt, Instant onset, Collection<ClusterReport> fleet) {
        boolean anybody = fleet.stream()
                .filter(other -> !other.cluster().equals(hurt.cluster()))
                .filter(other -> other.health() == ClusterReport.Health.HURT)
                .filter(other -> other.onset()
                        .map(at -> Duration.between(at, onset).abs().toSeconds() <= 60)
                        .orElse(false))
                .anyMatch(other -> other.exposures().stream()
                        .filter(e -> e.rolloutId().equals(exposure.rolloutId()))
                        .flatMap(e -> e.firstExposed().stream())
                        .noneMatch(at -> at.isBefore(other.onset().orElseThrow().plus(other.interval()))));
        return anybody ? HURT_WITHOUT : 1;
    }

    private static String apart(Instant from, Instant to) {
        return Wording.duration(Duration.between(from, to));
    }
}
