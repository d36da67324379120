package dev.andon.simulate;

import java.util.List;

/**
 * What one apiserver instance answers in one tick, as means: a fluid queue under saturation, an M/G/c queue below it
 * (Sakasegawa 1977 for the waiting time). Cheap requests pass most of the queue, as priority and fairness lets them;
 * LISTs wait through all of it.
 */
final class Instance {
    /** Longest queue in seconds of work; what does not fit in is answered with 429. */
    static final double LONGEST_QUEUE_SECONDS = 25;
    /** Utilisation up to which the steady-state formula is used; above it the backlog speaks. */
    private static final double STEADY_UP_TO = 0.97;

    private static final double STRETCH = 0.15;
    private static final double SECONDS_BEFORE_CLIENTS_GIVE_UP = 2;
    private static final double TIMEOUT_SECONDS = 60;

    /** Requests per second, and mean seconds in service and in the queue, by {@link RequestClass#index()}. */
    final double[] rate;

    final double[] serviceSeconds;
    final double[] waitSeconds;
    /** The same for every load of the conditions, in their order. */
    final double[] loadRate;

    final double[] loadServiceSeconds;
    final double utilisation;
    /** Share of expensive LISTs that are turned away with 429, and share that time out. */
    final double rejected;

    final double timedOut;
    final Queue next;

    private Instance(Conditions conditions, Queue queue, int index, double weight, int cores, double seconds) {
        int kinds = RequestClass.all().length;
        List<Load> loads = conditions.loads;
        rate = new double[kinds];
        serviceSeconds = new double[kinds];
        waitSeconds = new double[kinds];
        loadRate = new double[loads.size()];
        loadServiceSeconds = new double[loads.size()];
        offer(conditions, queue, weight);
        double work = 0;
        double secondMoment = 0;
        for (int i = 0; i < kinds; i++) {
            double service = conditions.serviceSeconds(RequestClass.all()[i]);
            work += rate[i] * service;
            secondMoment += 2 * rate[i] * service * service;
        }
        for (int i = 0; i < loads.size(); i++) {
            double service = loads.get(i).workSeconds();
            work += loadRate[i] * service;
            secondMoment += 1.2 * loadRate[i] * service * service;
        }
        utilisation = work / cores;
        double steady = Math.min(STEADY_UP_TO, utilisation);
        double grown = queue.backlogSeconds() + (utilisation - 1) * seconds;
        double backlog = Math.min(LONGEST_QUEUE_SECONDS, Math.max(0, grown));
        double wait = (work > 0 ? secondMoment / (2 * work) : 0) * congestion(steady, cores) + backlog;
        double stretch = (1 + STRETCH * steady / (1 - steady)) * conditions.slowness[index];
        double listWork = fill(conditions, index, stretch, wait);
        rejected = grown > LONGEST_QUEUE_SECONDS ? Math.min(0.9, 1 - 1 / utilisation) : 0;
        timedOut = Math.min(0.5, Math.max(0, (listWork + wait - TIMEOUT_SECONDS / 2) / TIMEOUT_SECONDS));
        next = new Queue(backlog, Math.min(TIMEOUT_SECONDS, listWork + wait));
    }

    /**
     * @param weight share of the cluster's requests that this instance gets, in [0, 1]
     * @param seconds length of the tick
     */
    static Instance answer(Conditions conditions, Queue queue, int index, double weight, int cores, double seconds) {
        return new Instance(conditions, queue, index, weight, cores, seconds);
    }

    /** Fills the rates: what clients ask, and what they ask again. */
    private void offer(Conditions conditions, Queue queue, double weight) {
        double retried = 1 + conditions.retries * givingUp(queue);
        for (int i = 0; i < rate.length; i++) rate[i] = conditions.rate[i] * weight * retried;
        for (int i = 0; i < loadRate.length; i++) {
            Load load = conditions.loads.get(i);
            boolean list = load.kind() == RequestClass.LIST_CLUSTER;
            loadRate[i] = load.rate(list ? queue.listSeconds() : load.workSeconds()) * weight;
        }
    }

    /** Fills service and waiting times; returns the service time of the dearest LIST. */
    private double fill(Conditions conditions, int index, double stretch, double wait) {
        for (RequestClass kind : RequestClass.all()) {
            int i = kind.index();
            serviceSeconds[i] = conditions.serviceSeconds(kind) * stretch;
            waitSeconds[i] = wait * kind.queueShare()
                    + conditions.stallSeconds[index]
                    + (kind.writes() ? conditions.writeStallSeconds : 0);
        }
        double dearest = serviceSeconds[RequestClass.LIST_CLUSTER.index()];
        for (int i = 0; i < loadServiceSeconds.length; i++) {
            Load load = conditions.loads.get(i);
            loadServiceSeconds[i] =
                    load.workSeconds() * conditions.work[load.kind().index()] * stretch;
            if (load.kind() == RequestClass.LIST_CLUSTER) {
                loadServiceSeconds[i] = load.workSeconds() * stretch;
                dearest = Math.max(dearest, loadServiceSeconds[i]);
            }
        }
        return dearest;
    }

    /** Mean waiting time of M/G/c in units of the mean residual work. */
    static double congestion(double utilisation, int cores) {
        return Math.pow(utilisation, Math.sqrt(2.0 * (cores + 1)) - 1) / (cores * (1 - utilisation));
    }

    /** Share of ordinary requests whose client has lost patience and asks again. */
    private static double givingUp(Queue queue) {
        return Math.min(1, Math.max(0, (queue.backlogSeconds() - SECONDS_BEFORE_CLIENTS_GIVE_UP) / 10));
    }
}
