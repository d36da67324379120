package dev.andon.simulate;

import java.util.ArrayList;
import java.util.List;

/**
 * What makes two quiet intervals differ by more than chance: shocks shared by the whole cluster, by an instance, and
 * by a kind of request, the first two with a memory of about five seconds. Logarithms of factors on the service time;
 * sizes are in the character of a real control plane, where means of GET over 5 s vary by a third and verbs move
 * together.
 *
 * @param shared of the whole cluster
 * @param ofInstance of each instance
 */
record Noise(double shared, List<Double> ofInstance) {
    private static final double MEMORY_SECONDS = 5;
    private static final double SHARED = 0.17;
    private static final double OF_INSTANCE = 0.14;
    private static final double OF_KIND = 0.10;
    private static final double OF_WRITES = 0.18;

    static Noise start(int instances) {
        List<Double> calm = new ArrayList<>();
        for (int i = 0; i < instances; i++) calm.add(0.0);
        return new Noise(0, calm);
    }

    /** Large clusters average over more of everything, so they are calmer. */
    private static double calmness(ClusterSpec spec) {
        return spec.nodes() < 200 ? 1 : spec.nodes() < 1_500 ? 0.85 : 0.7;
    }

    Noise step(Draw draw, ClusterSpec spec, double seconds) {
        double memory = Math.exp(-seconds / MEMORY_SECONDS);
        double fresh = Math.sqrt(1 - memory * memory) * calmness(spec);
        List<Double> next = new ArrayList<>();
        for (double value : ofInstance) next.add(memory * value + fresh * OF_INSTANCE * draw.gaussian());
        return new Noise(memory * shared + fresh * SHARED * draw.gaussian(), next);
    }

    /** @return a factor around 1 on the service time of this kind at this instance */
    double factor(Draw draw, ClusterSpec spec, RequestClass kind, int instance) {
        double calmness = calmness(spec);
        double own = calmness * OF_KIND * draw.gaussian();
        double writes = kind.writes() ? calmness * OF_WRITES * Math.abs(draw.gaussian()) : 0;
        return Math.exp(shared + ofInstance.get(instance) + own + writes);
    }
}
