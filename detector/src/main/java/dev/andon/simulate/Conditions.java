package dev.andon.simulate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Everything that bears on a cluster during one tick, collected from its ordinary clients, agents and disturbances.
 * Lives for one tick only; nothing outside this package sees it.
 */
final class Conditions {
    /** Requests per second of ordinary clients, whole cluster, by {@link RequestClass#index()}. */
    final double[] rate = new double[RequestClass.all().length];
    /** Factor on the service time, by {@link RequestClass#index()}. */
    final double[] work = new double[RequestClass.all().length];
    /** Seconds that every request of an instance is held up. */
    final double[] stallSeconds;
    /** Factor on all service times of an instance. */
    final double[] slowness;
    /** Instances that answer nobody; their counters begin anew when they return. */
    final boolean[] down;
    /** Instances whose scrape fails. They work on. */
    final boolean[] unscraped;

    final List<Load> loads = new ArrayList<>();
    /** Seconds that every write is held up. */
    double writeStallSeconds;
    /** Extra requests per request of an ordinary client that fails. */
    double retries;
    /** DNS questions per second, whole cluster. */
    double questions;
    /** Share of DNS servers and nodes whose configuration is broken. */
    double brokenResolvers;
    /** Share of questions that broken resolvers cannot answer. */
    double brokenShare;
    /** Share of questions whose upstream fails, whoever asks. */
    double upstreamFailing;
    /** Share of questions that get no answer. */
    double unanswered;
    /** Whether the DNS servers' scrapes fail. */
    boolean resolversUnscraped;

    Conditions(ClusterSpec spec) {
        Arrays.fill(work, 1);
        stallSeconds = new double[spec.instances()];
        slowness = new double[spec.instances()];
        Arrays.fill(slowness, 1);
        down = new boolean[spec.instances()];
        unscraped = new boolean[spec.instances()];
        for (RequestClass kind : RequestClass.all()) {
            rate[kind.index()] = kind.rate(spec.nodes());
            if (kind == RequestClass.LIST_CLUSTER) work[kind.index()] = listWork(spec.pods());
        }
        questions = 20 + 8.0 * spec.nodes();
    }

    /** Some cluster-wide LISTs are of small things, the others of pods from the watch cache, about 2 µs each. */
    private static double listWork(int pods) {
        double meanSeconds = 0.6 * 0.002 + 0.4 * (0.012 + 2e-6 * pods);
        return meanSeconds / RequestClass.LIST_CLUSTER.serviceSeconds();
    }

    void multiplyRates(double factor) {
        for (int i = 0; i < rate.length; i++) rate[i] *= factor;
    }

    void multiplyWork(double factor) {
        for (int i = 0; i < work.length; i++) work[i] *= factor;
    }

    double serviceSeconds(RequestClass kind) {
        return kind.serviceSeconds() * work[kind.index()];
    }
}
