package dev.andon.simulate;

import dev.andon.simulate.Disturbance.Burst;
import dev.andon.simulate.Disturbance.CronStorm;
import dev.andon.simulate.Disturbance.Drift;
import dev.andon.simulate.Disturbance.LeaderElection;
import dev.andon.simulate.Disturbance.Pause;
import dev.andon.simulate.Disturbance.Restart;
import dev.andon.simulate.Disturbance.ScrapeGap;
import dev.andon.simulate.Disturbance.Season;
import dev.andon.simulate.Disturbance.SlowInstance;
import dev.andon.simulate.Disturbance.TrafficChange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Draws the everyday noise of a cluster: what must not halt anybody. */
final class Nuisances {
    private static final double DAY_SECONDS = 86_400;

    private Nuisances() {}

    /** Clients that come and go: every cluster has them, the demo too. */
    static List<Disturbance> calm(Draw draw, Duration length) {
        List<Disturbance> drawn = new ArrayList<>();
        double end = length.toSeconds();
        drawn.add(new Season(DAY_SECONDS, draw.uniform(0, DAY_SECONDS), 0.25));
        double at = draw.exponential(20);
        while (at < end) {
            List<RequestClass> kinds = burstKinds(draw.below(4));
            drawn.add(new Burst(at, draw.uniform(4, 11), kinds, draw.uniform(1.4, 3)));
            at += 11 + draw.exponential(35);
        }
        return drawn;
    }

    /** All of it: the calm ones and, by chance, each of the rough ones. */
    static List<Disturbance> rough(Draw draw, ClusterSpec spec, Pace pace, Duration length) {
        List<Disturbance> drawn = calm(draw, length);
        double end = length.toSeconds();
        double sample = pace.interval().toMillis() / 1e3;
        drawn.add(new Drift(draw.uniform(-0.1, 0.15)));
        drawn.add(new CronStorm(300, draw.uniform(0, 300), draw.uniform(5, 15), draw.uniform(2, 5)));
        for (double at = draw.exponential(200); at < end; at += draw.exponential(200)) {
            double stall = 0.02 * Math.exp(1.2 * draw.gaussian());
            drawn.add(new Pause(at, sample * (1 + draw.below(3)), draw.below(spec.instances()), Math.min(1.5, stall)));
        }
        double at = draw.uniform(0, end);
        if (draw.chance(0.25)) drawn.add(new LeaderElection(at, sample * (1 + draw.below(3)), draw.uniform(0.1, 1)));
        once(draw, spec, end, drawn);
        return drawn;
    }

    /** At most one of the larger events, at a random time. */
    private static void once(Draw draw, ClusterSpec spec, double end, List<Disturbance> drawn) {
        double at = draw.uniform(0.1 * end, 0.9 * end);
        int instance = draw.below(spec.instances());
        switch (draw.below(10)) {
            case 0 -> drawn.add(new Restart(at, draw.uniform(8, 30), instance));
            case 1 -> drawn.add(new ScrapeGap(at, draw.uniform(10, 90), instance));
            case 2 -> drawn.add(new ScrapeGap(at, draw.uniform(10, 60), -1));
            case 3 -> drawn.add(new TrafficChange(at, draw.uniform(0, 60), 2));
            case 4 -> drawn.add(new TrafficChange(at, 120, draw.uniform(1.1, 1.5)));
            case 5 -> {
                if (spec.instances() > 1) {
                    drawn.add(new SlowInstance(at, draw.uniform(20, 300), instance, draw.uniform(1.5, 3)));
                }
            }
            default -> {}
        }
    }

    private static List<RequestClass> burstKinds(int kind) {
        return switch (kind) {
            case 0 -> List.of(RequestClass.GET, RequestClass.LIST_NAMESPACE);
            case 1 -> List.of(RequestClass.POST, RequestClass.DELETE, RequestClass.PATCH);
            case 2 -> List.of(RequestClass.LIST_NAMESPACE, RequestClass.LIST_CLUSTER);
            default -> List.of(RequestClass.all());
        };
    }
}
