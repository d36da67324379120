package dev.andon.simulate;

import java.util.List;

/** Something that happens to a cluster and is no rollout. Times are seconds since the start of the simulation. */
public sealed interface Disturbance {
    /** @return whether it hurts the cluster, so that an alarm would be right; the others are everyday noise */
    boolean harmful();

    /** Adds what it does at this time. */
    void disturb(Conditions conditions, ClusterSpec spec, double seconds);

    private static boolean within(double seconds, double from, double length) {
        return seconds >= from && seconds < from + length;
    }

    /** Everyday noise. */
    sealed interface Nuisance extends Disturbance {
        @Override
        default boolean harmful() {
            return false;
        }
    }

    /** Trouble that no rollout caused. */
    sealed interface Incident extends Disturbance {
        @Override
        default boolean harmful() {
            return true;
        }
    }

    /** Ordinary clients ask more of some things for a while: a dashboard, a CI run, a deployment of somebody else. */
    record Burst(double from, double length, List<RequestClass> kinds, double factor) implements Nuisance {
        public Burst {
            kinds = List.copyOf(kinds);
        }

        @Override
        public void disturb(Conditions conditions, ClusterSpec spec, double seconds) {
            if (!within(seconds, from, length)) return;
            for (RequestClass kind : kinds) conditions.rate[kind.index()] *= factor;
        }
    }

    /** Jobs that all begin at the full minute: pods are created, listed and deleted. */
    record CronStorm(double every, double first, double length, double factor) implements Nuisance {
        @Override
        public void disturb(Conditions conditions, ClusterSpec spec, double seconds) {
            if (seconds < first || (seconds - first) % every >= length) return;
            for (RequestClass kind : RequestClass.all()) {
                if (kind.writes() || kind == RequestClass.LIST_NAMESPACE) conditions.rate[kind.index()] *= factor;
            }
        }
    }

    /** One instance stands still: a garbage collection, a page fault, a neighbour. */
    record Pause(double from, double length, int instance, double stallSeconds) implements Nuisance {
        @Override
        public void disturb(Conditions conditions, ClusterSpec spec, double seconds) {
            if (within(seconds, from, length) && instance < spec.instances()) {
                conditions.stallSeconds[instance] += stallSeconds;
            }
        }
    }

    /** etcd elects a leader: every write waits for it. */
    record LeaderElection(double from, double length, double stallSeconds) implements Nuisance {
        @Override
        public void disturb(Conditions conditions, ClusterSpec spec, double seconds) {
            if (within(seconds, from, length)) conditions.writeStallSeconds += stallSeconds;
        }
    }

    /** One instance is slower than the others from some time on. */
    record SlowInstance(double from, double length, int instance, double factor) implements Nuisance {
        @Override
        public void disturb(Conditions conditions, ClusterSpec spec, double seconds) {
            if (within(seconds, from, length) && instance < spec.instances()) conditions.slowness[instance] *= factor;
        }
    }

    /** One instance restarts: it is gone, then its caches are cold, and its counters begin at zero. */
    record Restart(double from, double downSeconds, int instance) implements Nuisance {
        private static final double WARM_UP_SECONDS = 10;

        @Override
        public void disturb(Conditions conditions, ClusterSpec spec, double seconds) {
            if (instance >= spec.instances()) return;
            if (within(seconds, from, downSeconds)) conditions.down[instance] = true;
            if (within(seconds, from + downSeconds, WARM_UP_SECONDS)) conditions.slowness[instance] *= 1.5;
        }
    }

    /** The scrapes of one instance fail ({@code instance >= 0}), or those of the whole cluster with its DNS (-1). */
    record ScrapeGap(double from, double length, int instance) implements Nuisance {
        @Override
        public void disturb(Conditions conditions, ClusterSpec spec, double seconds) {
            if (!within(seconds, from, length)) return;
            for (int i = 0; i < spec.instances(); i++) {
                if (instance < 0 || i == instance) conditions.unscraped[i] = true;
            }
            if (instance < 0) conditions.resolversUnscraped = true;
        }
    }

    /** Traffic grows to {@code factor} times within {@code rampSeconds} and stays: a campaign, a scale-out. */
    record TrafficChange(double from, double rampSeconds, double factor) implements Nuisance {
        @Override
        public void disturb(Conditions conditions, ClusterSpec spec, double seconds) {
            if (seconds < from) return;
            double done = rampSeconds <= 0 ? 1 : Math.min(1, (seconds - from) / rampSeconds);
            conditions.multiplyRates(1 + (factor - 1) * done);
            conditions.questions *= 1 + (factor - 1) * done;
        }
    }

    /** Day and night. */
    record Season(double periodSeconds, double phaseSeconds, double amplitude) implements Nuisance {
        @Override
        public void disturb(Conditions conditions, ClusterSpec spec, double seconds) {
            double factor = 1 + amplitude * Math.sin(2 * Math.PI * (seconds + phaseSeconds) / periodSeconds);
            conditions.multiplyRates(factor);
            conditions.questions *= factor;
        }
    }

    /** Requests get dearer with time, as etcd grows; negative after a compaction. */
    record Drift(double perHour) implements Nuisance {
        @Override
        public void disturb(Conditions conditions, ClusterSpec spec, double seconds) {
            conditions.multiplyWork(Math.max(0.5, 1 + perHour * seconds / 3_600));
        }
    }

    /** A client that belongs to no rollout LISTs everything in loops. */
    record RogueClient(double from, double length, double loops) implements Incident {
        @Override
        public void disturb(Conditions conditions, ClusterSpec spec, double seconds) {
            if (!within(seconds, from, length)) return;
            conditions.loads.add(
                    new Load(RequestClass.LIST_CLUSTER, "report-builder/2.1", loops, 0.1, 0.001 + 13e-6 * spec.pods()));
        }
    }

    /** An agent that somebody installed on every node without telling anyone. */
    record UnregisteredChange(double from, double perNodeSeconds, Agent agent) implements Incident {
        @Override
        public void disturb(Conditions conditions, ClusterSpec spec, double seconds) {
            if (seconds < from) return;
            long updated = Math.min(spec.nodes(), (long) ((seconds - from) / perNodeSeconds * spec.nodes()) + 1);
            Dose dose = new Dose(updated, spec.nodes(), updated * (seconds - from) / 2, seconds);
            agent.act(conditions, spec, "system:nodes", dose);
        }
    }

    /** The disk under etcd is slow: writes and uncached reads wait. */
    record SlowDisk(double from, double length, double stallSeconds) implements Incident {
        @Override
        public void disturb(Conditions conditions, ClusterSpec spec, double seconds) {
            if (!within(seconds, from, length)) return;
            conditions.writeStallSeconds += stallSeconds;
            conditions.work[RequestClass.GET.index()] *= 1 + 20 * stallSeconds;
            conditions.work[RequestClass.LIST_CLUSTER.index()] *= 1 + 20 * stallSeconds;
        }
    }

    /** Names outside the cluster cannot be resolved (AWS 2025-10-20): no rollout did it. */
    record UpstreamDnsFails(double from, double length, double share) implements Incident {
        @Override
        public void disturb(Conditions conditions, ClusterSpec spec, double seconds) {
            if (within(seconds, from, length)) conditions.upstreamFailing = share;
        }
    }

    /** Clients that retry drown the DNS servers (Zalando 2019-01-07): more questions, fewer answers. */
    record DnsRetryStorm(double from, double length, double factor, double unanswered) implements Incident {
        @Override
        public void disturb(Conditions conditions, ClusterSpec spec, double seconds) {
            if (!within(seconds, from, length)) return;
            conditions.questions *= factor;
            conditions.unanswered = unanswered;
            conditions.upstreamFailing = Math.max(conditions.upstreamFailing, unanswered / 2);
        }
    }
}
