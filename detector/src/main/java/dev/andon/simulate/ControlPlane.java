package dev.andon.simulate;

import java.util.ArrayList;
import java.util.List;

/** The apiserver instances of one cluster in one tick, as means. */
final class ControlPlane {
    /** Cheap requests are slow in their tail long before their mean is: log-normal with this quantile of N(0, 1). */
    private static final double QUANTILE_99 = 2.326;

    private final Conditions conditions;
    private final List<Instance> instances = new ArrayList<>();
    private final List<Double> weights;

    private ControlPlane(
            Conditions conditions, ClusterSpec spec, List<Double> weights, List<Queue> queues, double seconds) {
        this.conditions = conditions;
        this.weights = weights;
        for (int i = 0; i < spec.instances(); i++) {
            instances.add(Instance.answer(conditions, queues.get(i), i, weights.get(i), spec.cores(), seconds));
        }
    }

    /** @param balance how the load balancer shares requests out; the others take over those of a dead instance */
    static ControlPlane answer(
            Conditions conditions, ClusterSpec spec, List<Double> balance, List<Queue> queues, double seconds) {
        double up = 0;
        for (int i = 0; i < balance.size(); i++) up += conditions.down[i] ? 0 : balance.get(i);
        List<Double> weights = new ArrayList<>();
        for (int i = 0; i < balance.size(); i++) weights.add(conditions.down[i] ? 0 : balance.get(i) / up);
        return new ControlPlane(conditions, spec, weights, queues, seconds);
    }

    Conditions conditions() {
        return conditions;
    }

    Instance instance(int index) {
        return instances.get(index);
    }

    List<Queue> queues() {
        List<Queue> queues = new ArrayList<>();
        for (int i = 0; i < instances.size(); i++) {
            queues.add(conditions.down[i] ? Queue.EMPTY : instances.get(i).next);
        }
        return queues;
    }

    /** @return backlog in seconds as the average client meets it */
    double backlogSeconds() {
        double backlog = 0;
        for (int i = 0; i < instances.size(); i++) {
            backlog += weights.get(i) * instances.get(i).next.backlogSeconds();
        }
        return backlog;
    }

    double utilisation() {
        return instances.stream()
                .mapToDouble(instance -> instance.utilisation)
                .max()
                .orElse(0);
    }

    /** @return mean latency in seconds of all requests of this kind, whoever asked; 0 when nobody did */
    double meanSeconds(RequestClass kind) {
        double requests = 0;
        double seconds = 0;
        for (Instance instance : instances) {
            int i = kind.index();
            requests += instance.rate[i];
            seconds += instance.rate[i] * (instance.serviceSeconds[i] + instance.waitSeconds[i]);
            for (int load = 0; load < instance.loadRate.length; load++) {
                if (conditions.loads.get(load).kind() != kind) continue;
                requests += instance.loadRate[load];
                seconds += instance.loadRate[load] * (instance.loadServiceSeconds[load] + instance.waitSeconds[i]);
            }
        }
        return requests > 0 ? seconds / requests : 0;
    }

    /** @return 99th percentile in seconds of GET or a write, whichever is slower */
    double slowestCheapSeconds() {
        double slowest = 0;
        for (RequestClass kind : RequestClass.all()) {
            if (kind != RequestClass.GET && !kind.writes()) continue;
            double mean = meanSeconds(kind);
            if (mean > 0)
                slowest = Math.max(
                        slowest, LogNormal.ofMean(mean, kind.variation()).quantile(QUANTILE_99));
        }
        return slowest;
    }

    /** @return share of all requests that were turned away or timed out */
    double failedShare() {
        double all = 0;
        double failed = 0;
        for (Instance instance : instances) {
            for (double rate : instance.rate) all += rate;
            double lists = instance.rate[RequestClass.LIST_CLUSTER.index()];
            for (int load = 0; load < instance.loadRate.length; load++) {
                all += instance.loadRate[load];
                if (conditions.loads.get(load).kind() == RequestClass.LIST_CLUSTER) lists += instance.loadRate[load];
            }
            failed += lists * (instance.rejected + (1 - instance.rejected) * instance.timedOut);
        }
        return all > 0 ? failed / all : 0;
    }
}
