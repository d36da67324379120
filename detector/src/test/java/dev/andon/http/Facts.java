package dev.andon.http;

import dev.andon.domain.Action;
import dev.andon.domain.Candidate;
import dev.andon.domain.ChangePoint;
import dev.andon.domain.Coverage;
import dev.andon.domain.Evidence;
import dev.andon.domain.Exposure;
import dev.andon.domain.Phase;
import dev.andon.domain.RolloutEvent;
import dev.andon.domain.Signal;
import dev.andon.domain.Workload;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** Things that happen to one agent in one cluster. */
final class Facts {
    static final String AGENT = "telemetry-agent-7f3";

    private Facts() {}

    static RolloutEvent event(Instant time, Phase phase, long updated) {
        return event(time, AGENT, "prod-3000", phase, updated);
    }

    static RolloutEvent event(Instant time, String rolloutId, String cluster, Phase phase, long updated) {
        return new RolloutEvent(
                time,
                rolloutId,
                cluster,
                phase,
                new Workload("DaemonSet", "observability", "telemetry-agent"),
                Optional.of("sha256:7f3"),
                Optional.of(new Coverage(updated, 3_000)),
                OptionalLong.of(3_000),
                Optional.empty(),
                Optional.empty());
    }

    static Evidence evidence(Instant onset) {
        return new Evidence("apiserver/LIST/latency", Evidence.Kind.SHIFT, 0.21, 4.8, "s", onset, 1e-6, 12);
    }

    static ChangePoint change(Instant time, boolean ended) {
        return change(time, ended, "prod-3000");
    }

    static ChangePoint change(Instant time, boolean ended, String cluster) {
        return new ChangePoint(time, cluster, evidence(time), time.minusSeconds(1), time, ended);
    }

    static Signal signal(Action action, Instant time) {
        return signal(action, time, Optional.empty(), Optional.empty());
    }

    static Signal signal(Action action, Instant time, Optional<Instant> until, Optional<Instant> expires) {
        boolean alarm = action == Action.ALARM;
        return new Signal(
                time,
                action + "-" + time,
                action,
                alarm ? Optional.empty() : Optional.of(AGENT),
                Optional.of("prod-3000"),
                Optional.of(time.minusSeconds(10)),
                OptionalDouble.of(0.97),
                "LIST latency rose from 0.21 s to 4.8 s",
                List.of(evidence(time)),
                List.of(new Candidate(AGENT, 0.97, false, Optional.empty())),
                Optional.of(new Exposure(310, 3_000, 1)),
                until,
                expires);
    }
}
