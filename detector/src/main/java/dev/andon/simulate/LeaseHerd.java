package dev.andon.simulate;

import java.util.ArrayList;
import java.util.List;

/**
 * Nodes that joined together renew their leases together, every ten seconds, and their writes queue behind one
 * another. Seen in a real cluster of 30 nodes: the mean latency of PUT alternates between 3 and 20 ms on samples of 5
 * s.
 *
 * @param phaseSeconds when the herd comes, in [0, 10)
 * @param strength per instance: rise of the service time of PUT while the herd passes; 0 for none
 */
record LeaseHerd(double phaseSeconds, List<Double> strength) {
    private static final double PERIOD_SECONDS = 10;
    private static final double PASSES_WITHIN_SECONDS = 1.5;

    static LeaseHerd draw(Draw draw, ClusterSpec spec) {
        List<Double> strength = new ArrayList<>();
        // Large clusters grew over months: their nodes are out of step.
        double scatter = Math.sqrt(Math.max(1, spec.nodes() / 60.0));
        for (int i = 0; i < spec.instances(); i++) {
            double drawn = 4 * Math.exp(0.5 * draw.gaussian()) / scatter;
            strength.add(draw.chance(0.6) ? drawn : 0);
        }
        return new LeaseHerd(draw.uniform(0, PERIOD_SECONDS), strength);
    }

    double factor(RequestClass kind, int instance, double now, double seconds) {
        if (kind != RequestClass.PUT) return 1;
        double sinceHerd = (now + phaseSeconds) % PERIOD_SECONDS;
        if (sinceHerd >= Math.max(seconds, PASSES_WITHIN_SECONDS) && seconds < PERIOD_SECONDS) return 1;
        return 1 + strength.get(instance) * Math.min(1, PASSES_WITHIN_SECONDS / seconds);
    }
}
