package dev.andon.simulate;

import dev.andon.domain.Coverage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One simulated cluster: apiserver instances, DNS, ordinary clients, rolled out programs, disturbances.
 *
 * <p>Pure: {@link #step} mutates nothing, and what it draws depends only on the seed, the cluster's name and the
 * number of the tick. The means follow queueing theory ({@link Instance}); counts and latencies are drawn around them.
 */
final class SimulatedCluster {
    private final ClusterSpec spec;
    private final long seed;
    private final List<Tenant> tenants;
    private final List<Disturbance> disturbances;
    private final double retries;
    private final Buckets buckets;
    private final List<Double> balance = new ArrayList<>();
    private final LeaseHerd herd;

    /** A rolled out program of this cluster. */
    record Tenant(String rolloutId, String identity, Agent agent) {}

    /**
     * Everything that one tick leaves to the next.
     *
     * @param untouchedQueues the queues as they would be without the harm, for the truth
     * @param placeSeconds per rollout, for how long its updated places have run it, summed
     */
    record State(
            long tick,
            double elapsedSeconds,
            Noise noise,
            List<Queue> queues,
            List<Queue> untouchedQueues,
            Resolver resolver,
            Map<String, Double> placeSeconds) {
        State {
            queues = List.copyOf(queues);
            untouchedQueues = List.copyOf(untouchedQueues);
            placeSeconds = Map.copyOf(placeSeconds);
        }
    }

    /** The state after a tick, and what happened in it. */
    record Step(State next, Tick tick) {}

    /** @param retries extra requests per failed request of ordinary clients; above 2 a cluster may stay hurt */
    SimulatedCluster(
            ClusterSpec spec,
            long seed,
            List<Tenant> tenants,
            List<Disturbance> disturbances,
            double retries,
            Buckets buckets) {
        this.spec = spec;
        this.seed = seed;
        this.tenants = List.copyOf(tenants);
        this.disturbances = List.copyOf(disturbances);
        this.retries = retries;
        this.buckets = buckets;
        Draw draw = Draw.of(seed, spec.name(), -1);
        for (int i = 0; i < spec.instances(); i++) balance.add(draw.uniform(0.9, 1.1));
        this.herd = LeaseHerd.draw(draw, spec);
    }

    ClusterSpec spec() {
        return spec;
    }

    State start() {
        List<Queue> empty = new ArrayList<>();
        for (int i = 0; i < spec.instances(); i++) empty.add(Queue.EMPTY);
        return new State(0, 0, Noise.start(spec.instances()), empty, empty, Resolver.FRESH, Map.of());
    }

    /**
     * Lets time pass.
     *
     * @param seconds length of the tick, in (0, 60]; 5 or less gives faithful queues
     * @param coverage how far each rollout has come at the end of the tick
     */
    Step step(State state, double seconds, Map<String, Coverage> coverage) {
        if (!(seconds > 0 && seconds <= 60)) {
            throw new IllegalArgumentException(
                    "a tick must last more than 0 and at most 60 s but was " + seconds + " s");
        }
        Draw draw = Draw.of(seed, spec.name(), state.tick());
        double now = state.elapsedSeconds() + seconds;
        Map<String, Double> placeSeconds = aged(state.placeSeconds(), coverage, seconds);
        ControlPlane untouched = ControlPlane.answer(
                conditions(now, coverage, placeSeconds, false), spec, balance, state.untouchedQueues(), seconds);
        ControlPlane actual = ControlPlane.answer(
                conditions(now, coverage, placeSeconds, true), spec, balance, state.queues(), seconds);
        Noise noise = state.noise().step(draw, spec, seconds);
        double cacheSeconds = spec.dnsCache().toMillis() / 1e3;
        double backlog = actual.backlogSeconds();
        Resolver resolver = state.resolver().step(actual.conditions(), backlog, cacheSeconds, seconds);
        Resolver.Answers answers = resolver.answers(actual.conditions(), backlog, cacheSeconds);
        Conditions conditions = actual.conditions();
        Tick tick = new Tick(
                seconds,
                serve(draw, actual, noise, now, seconds),
                DnsTraffic.draw(draw, spec, conditions, answers, seconds),
                effect(actual, untouched, answers),
                flags(conditions.down),
                flags(conditions.unscraped),
                conditions.resolversUnscraped);
        State next =
                new State(state.tick() + 1, now, noise, actual.queues(), untouched.queues(), resolver, placeSeconds);
        return new Step(next, tick);
    }

    private static Map<String, Double> aged(
            Map<String, Double> placeSeconds, Map<String, Coverage> coverage, double seconds) {
        Map<String, Double> aged = new HashMap<>(placeSeconds);
        coverage.forEach((id, covered) -> {
            if (covered.updated() == 0) {
                aged.remove(id);
            } else {
                aged.merge(id, covered.updated() * seconds, Double::sum);
            }
        });
        return aged;
    }

    private Conditions conditions(
            double now, Map<String, Coverage> coverage, Map<String, Double> placeSeconds, boolean harm) {
        Conditions conditions = new Conditions(spec);
        conditions.retries = retries;
        for (Disturbance disturbance : disturbances) {
            if (harm || !disturbance.harmful()) disturbance.disturb(conditions, spec, now);
        }
        for (Tenant tenant : tenants) {
            if (!harm && tenant.agent().harmful()) continue;
            Coverage covered = coverage.getOrDefault(tenant.rolloutId(), Coverage.NONE);
            double age = placeSeconds.getOrDefault(tenant.rolloutId(), 0.0);
            Dose dose = new Dose(covered.updated(), covered.total(), age, now);
            tenant.agent().act(conditions, spec, tenant.identity(), dose);
        }
        return conditions;
    }

    private List<Served> serve(Draw draw, ControlPlane plane, Noise noise, double now, double seconds) {
        List<Served> served = new ArrayList<>();
        for (int i = 0; i < spec.instances(); i++) {
            if (plane.conditions().down[i]) continue;
            Instance instance = plane.instance(i);
            for (RequestClass kind : RequestClass.all()) {
                double factor = noise.factor(draw, spec, kind, i) * herd.factor(kind, i, now, seconds);
                double rate = instance.rate[kind.index()] * Math.exp(0.07 * draw.gaussian());
                long requests = draw.poisson(rate * seconds);
                Tally tally = new Tally(buckets);
                double wait = instance.waitSeconds[kind.index()];
                Latencies.ordinary(tally, draw, kind, requests, instance.serviceSeconds[kind.index()] * factor, wait);
                Outcomes.draw(tally, draw, kind, requests, instance);
                served.add(new Served(i, kind, Outcomes.ordinaryClient(kind), tally));
            }
            serveLoads(draw, plane.conditions(), instance, i, noise, seconds, served);
        }
        return served;
    }

    private void serveLoads(
            Draw draw,
            Conditions conditions,
            Instance instance,
            int index,
            Noise noise,
            double seconds,
            List<Served> served) {
        for (int i = 0; i < conditions.loads.size(); i++) {
            Load load = conditions.loads.get(i);
            long requests = draw.poisson(instance.loadRate[i] * seconds);
            double service = instance.loadServiceSeconds[i] * noise.factor(draw, spec, load.kind(), index);
            Tally tally = new Tally(buckets);
            double wait = instance.waitSeconds[load.kind().index()];
            Latencies.alike(tally, draw, requests, service, wait, 0.45);
            Outcomes.draw(tally, draw, load.kind(), requests, instance);
            served.add(new Served(index, load.kind(), load.client(), tally));
        }
    }

    private Effect effect(ControlPlane actual, ControlPlane untouched, Resolver.Answers answers) {
        List<Double> ratios = new ArrayList<>();
        for (RequestClass kind : RequestClass.all()) {
            double without = untouched.meanSeconds(kind);
            ratios.add(without > 0 ? actual.meanSeconds(kind) / without : 1);
        }
        boolean anyBroken = actual.conditions().brokenResolvers > 0;
        return new Effect(
                ratios,
                actual.slowestCheapSeconds() > 1.5 * untouched.slowestCheapSeconds() ? actual.slowestCheapSeconds() : 0,
                Math.max(0, actual.failedShare() - untouched.failedShare()),
                Math.min(1, answers.serverFailing() + (anyBroken ? answers.brokenFailing() : 0)),
                answers.clientFailing() + actual.conditions().unanswered,
                actual.utilisation());
    }

    private static List<Boolean> flags(boolean[] values) {
        List<Boolean> flags = new ArrayList<>();
        for (boolean value : values) flags.add(value);
        return flags;
    }
}
