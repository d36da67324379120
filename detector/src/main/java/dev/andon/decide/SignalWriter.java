package dev.andon.decide;

import dev.andon.decide.RolloutExposure.Step;
import dev.andon.domain.Action;
import dev.andon.domain.Candidate;
import dev.andon.domain.Evidence;
import dev.andon.domain.Exposure;
import dev.andon.domain.OperatorOverride;
import dev.andon.domain.Phase;
import dev.andon.domain.Signal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** Puts decisions into words: the signal, its reason and its evidence. */
final class SignalWriter {
    private static final Duration STANDS_FOR = Duration.ofHours(1);
    /** How long a HOLD lasts, in least ticks: long enough to see whether the effect goes on without the rollout. */
    private static final int HOLD_FOR = 8;

    private final Duration leastTick;

    SignalWriter(Duration leastTick) {
        this.leastTick = leastTick;
    }

    Signal halt(ClusterReport report, Blame.Verdict verdict, Candidate guilty, Collection<ClusterReport> fleet) {
        Instant onset = report.onset().orElse(report.time());
        RolloutExposure exposure = exposure(report, guilty.rolloutId());
        Optional<Forecast> forecast = Forecast.of(report, exposure, fleet);
        List<Evidence> evidence = new ArrayList<>(report.evidence());
        forecast.ifPresent(f -> evidence.add(f.evidence(report)));
        String reason = what(report) + " " + Wording.exposure(exposure, onset.plus(report.interval()))
                + completed(guilty.rolloutId(), fleet)
                + forecast.map(f -> "; " + f.sentence()).orElse("");
        return halt(report, onset, reason, evidence, verdict, guilty, fleet);
    }

    /** @param silence what is seen of it, in words and as evidence */
    Signal halt(
            ClusterReport silent,
            Precaution silence,
            Blame.Verdict verdict,
            Candidate guilty,
            Collection<ClusterReport> fleet) {
        Instant onset = silent.newestSample().orElse(silent.time());
        String reason = silence.reason() + completed(guilty.rolloutId(), fleet);
        return halt(silent, onset, reason, silence.evidence(), verdict, guilty, fleet);
    }

    private static Signal halt(
            ClusterReport report,
            Instant onset,
            String reason,
            List<Evidence> evidence,
            Blame.Verdict verdict,
            Candidate guilty,
            Collection<ClusterReport> fleet) {
        return new Signal(
                report.time(),
                id(Action.HALT, guilty.rolloutId(), report.cluster(), report.time()),
                Action.HALT,
                Optional.of(guilty.rolloutId()),
                Optional.of(report.cluster()),
                Optional.of(onset),
                OptionalDouble.of(guilty.probability()),
                reason,
                evidence,
                verdict.candidates(),
                Optional.of(total(guilty.rolloutId(), fleet)),
                Optional.empty(),
                Optional.of(report.time().plus(STANDS_FOR)));
    }

    Signal hold(ClusterReport report, Blame.Verdict verdict, Candidate suspect) {
        Instant until = report.time().plus(leastTick.multipliedBy(HOLD_FOR));
        String others = verdict.candidates().stream()
                .filter(c -> !c.exonerated() && !c.rolloutId().equals(suspect.rolloutId()))
                .map(Candidate::rolloutId)
                .collect(Collectors.joining(", "));
        String unsettled = others.isEmpty()
                ? "it is not settled whether " + suspect.rolloutId() + " did it"
                : "it is not settled whether " + suspect.rolloutId() + " did it, or " + others + ", or none of them";
        return new Signal(
                report.time(),
                id(Action.HOLD, suspect.rolloutId(), report.cluster(), report.time()),
                Action.HOLD,
                Optional.of(suspect.rolloutId()),
                Optional.of(report.cluster()),
                report.onset(),
                OptionalDouble.of(suspect.probability()),
                what(report) + "; " + unsettled,
                report.evidence(),
                verdict.candidates(),
                Optional.empty(),
                Optional.of(until),
                Optional.of(until));
    }

    Signal hold(ClusterReport report, String rolloutId, Precaution precaution) {
        return new Signal(
                report.time(),
                id(Action.HOLD, rolloutId, report.cluster(), report.time()),
                Action.HOLD,
                Optional.of(rolloutId),
                Optional.of(report.cluster()),
                Optional.empty(),
                OptionalDouble.empty(),
                precaution.reason(),
                precaution.evidence(),
                List.of(),
                Optional.empty(),
                Optional.of(precaution.until()),
                Optional.of(precaution.until()));
    }

    Signal alarm(ClusterReport report, Blame.Verdict verdict) {
        return new Signal(
                report.time(),
                id(Action.ALARM, "", report.cluster(), report.time()),
                Action.ALARM,
                Optional.empty(),
                Optional.of(report.cluster()),
                Optional.of(report.onset().orElse(report.time())),
                OptionalDouble.empty(),
                what(report) + " in " + report.cluster() + "; no rollout is to blame with confidence",
                report.evidence(),
                verdict.candidates(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(report.time().plus(STANDS_FOR)));
    }

    /** What is complete everywhere can still be blamed, but not stopped. */
    private static String completed(String rolloutId, Collection<ClusterReport> fleet) {
        return everywhereComplete(rolloutId, fleet) ? "; it has completed already, so only a rollback helps" : "";
    }

    static boolean everywhereComplete(String rolloutId, Collection<ClusterReport> fleet) {
        List<RolloutExposure> all = fleet.stream()
                .flatMap(report -> report.exposures().stream())
                .filter(exposure -> exposure.rolloutId().equals(rolloutId))
                .toList();
        return !all.isEmpty() && all.stream().allMatch(exposure -> exposure.phase() == Phase.COMPLETED);
    }

    /** The rollout was told to stop, had time to, and went on. */
    Signal goesOn(ClusterReport report, RolloutExposure exposure, Standing halted, Collection<ClusterReport> fleet) {
        Exposure now = total(exposure.rolloutId(), fleet);
        long more = now.updated()
                - halted.signal().exposure().map(Exposure::updated).orElse(0L);
        String verified = halted.verified().isPresent() ? ", although it was seen to stand still" : "";
        String reason = "the HALT does not take: " + exposure.rolloutId() + " still widens in " + report.cluster() + " "
                + Wording.duration(Duration.between(halted.since(), report.time())) + " after it was told to stop"
                + verified + (more > 0 ? ", by " + more + " more places" : "") + "; stop it by hand. Halted because "
                + first(halted);
        return again("goes on", report.time(), halted, reason, Optional.of(now));
    }

    /** The rollout has stopped and the cluster is still hurt. */
    Signal notEnough(ClusterReport report, Standing halted, Collection<ClusterReport> fleet) {
        String rolloutId = halted.signal().rolloutId().orElse("");
        boolean rolledBack = fleet.stream()
                .flatMap(each -> each.exposures().stream())
                .filter(exposure -> exposure.rolloutId().equals(rolloutId))
                .allMatch(exposure -> exposure.phase() == Phase.ROLLED_BACK);
        String what = rolledBack
                ? "was rolled back and the cluster keeps itself hurt: shed load or restart what is overloaded"
                : "no longer widens and the cluster does not recover: stopping was not enough, roll it back";
        String reason = "halted but not recovered: " + report.cluster() + " is still hurt "
                + Wording.duration(Duration.between(halted.since(), report.time())) + " after the HALT ("
                + what(report) + "); " + rolloutId + " " + what;
        return again("not enough", report.time(), halted, reason, Optional.of(total(rolloutId, fleet)));
    }

    /** Nothing new: it is said again before it runs out. */
    Signal stillStands(Instant time, Standing standing) {
        String reason = "still stands, " + Wording.duration(Duration.between(standing.since(), time))
                + " after it was said first: " + first(standing);
        return again("still stands", time, standing, reason, standing.signal().exposure());
    }

    /** The reason without what was put before it when it was said again. */
    private static String first(Standing standing) {
        String reason = standing.signal().reason();
        for (String mark : List.of("Halted because ", "said first: ")) {
            int at = reason.lastIndexOf(mark);
            if (at >= 0) reason = reason.substring(at + mark.length());
        }
        return reason;
    }

    private static Signal again(
            String why, Instant time, Standing standing, String reason, Optional<Exposure> exposure) {
        Signal before = standing.signal();
        return new Signal(
                time,
                id(
                        before.action(),
                        before.rolloutId().orElse(""),
                        before.cluster().orElse("") + "\u0000" + why,
                        time),
                before.action(),
                before.rolloutId(),
                before.cluster(),
                before.onset(),
                before.probability(),
                reason,
                before.evidence(),
                before.candidates(),
                exposure,
                before.until(),
                Optional.of(time.plus(STANDS_FOR)),
                before.mode());
    }

    Signal clearAlarm(Instant time, Standing standing, String why) {
        return new Signal(
                time,
                id(Action.CLEAR, "", standing.cluster(), time),
                Action.CLEAR,
                Optional.empty(),
                Optional.of(standing.cluster()),
                Optional.empty(),
                OptionalDouble.empty(),
                standing.cluster() + ": " + why + ", " + Wording.duration(Duration.between(standing.since(), time))
                        + " after the ALARM",
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                standing.signal().mode());
    }

    Signal clear(Instant time, String rolloutId, Standing standing, String why) {
        String cluster = standing.cluster().isEmpty() ? "" : standing.cluster() + ": ";
        return new Signal(
                time,
                id(Action.CLEAR, rolloutId, standing.cluster(), time),
                Action.CLEAR,
                Optional.of(rolloutId),
                standing.cluster().isEmpty() ? Optional.empty() : Optional.of(standing.cluster()),
                Optional.empty(),
                OptionalDouble.empty(),
                cluster + why + ", " + Wording.duration(Duration.between(standing.since(), time)) + " after the "
                        + standing.action(),
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                standing.signal().mode());
    }

    Signal haltByHand(OperatorOverride override, Collection<ClusterReport> fleet) {
        return new Signal(
                override.time(),
                id(Action.HALT, override.rolloutId(), "", override.time()),
                Action.HALT,
                Optional.of(override.rolloutId()),
                override.cluster(),
                Optional.of(override.time()),
                OptionalDouble.of(1),
                "halted by " + override.actor() + ": " + override.reason(),
                List.of(),
                List.of(new Candidate(override.rolloutId(), 1, false, Optional.empty())),
                Optional.of(total(override.rolloutId(), fleet)),
                Optional.empty(),
                Optional.of(override.expires()));
    }

    private static String what(ClusterReport report) {
        return report.evidence().stream().findFirst().map(Wording::change).orElse("the cluster is hurt")
                + others(report.evidence());
    }

    private static String others(List<Evidence> evidence) {
        int more = evidence.size() - 1;
        return more <= 0 ? "" : " and " + more + " more series moved";
    }

    private static RolloutExposure exposure(ClusterReport report, String rolloutId) {
        return report.exposures().stream()
                .filter(e -> e.rolloutId().equals(rolloutId))
                .findFirst()
                .orElseThrow();
    }

    private static Exposure total(String rolloutId, Collection<ClusterReport> fleet) {
        long updated = 0;
        long total = 0;
        long clusters = 0;
        for (ClusterReport report : fleet) {
            for (RolloutExposure exposure : report.exposures()) {
                if (!exposure.rolloutId().equals(rolloutId)) continue;
                updated += exposure.coverage().updated();
                total += exposure.coverage().total();
                clusters += exposure.steps().stream().mapToLong(Step::updated).anyMatch(n -> n > 0) ? 1 : 0;
            }
        }
        return new Exposure(updated, total, clusters);
    }

    /** The same decision on the same input has the same id, so that a repeated delivery can be recognised. */
    private static String id(Action action, String rolloutId, String cluster, Instant time) {
        String what = action + "\u0000" + rolloutId + "\u0000" + cluster + "\u0000" + time.toEpochMilli();
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(what.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 12);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
