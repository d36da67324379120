package dev.andon.decide;

import dev.andon.detect.Demand;
import dev.andon.detect.EffectPoint;
import dev.andon.detect.Finding;
import dev.andon.detect.Observations;
import dev.andon.detect.Recent;
import dev.andon.detect.SeriesKind;
import dev.andon.detect.SeriesState;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * What is newly asked of the apiservers of a cluster, where that is a good part of their work: the load that leads to harm.
 *
 * <p>Victims of an overload wait longer but do not ask for more, so only kinds of requests that are asked for more often
 * than usual count, each by the time that those take. Pure.
 */
final class NewDemand {
    /** Rise of the requests of a kind that is everyday life, as a part of the usual number. */
    private static final double USUAL_RISE = 0.25;
    /** New work that is less than this part of all work does not explain why a cluster is hurt. */
    private static final double LEAST_PART = 0.25;
    /** Newest ticks that are looked at: a cluster that is overwhelmed answers fewer requests than it is asked. */
    private static final int NEWEST = 8;

    private NewDemand() {}

    /** @return the course of the new demand, oldest first; empty where there is little */
    static List<EffectPoint> of(ClusterState state, Function<String, SeriesState> series) {
        double all = 0;
        double fresh = 0;
        Map<Recent, Double> moved = new LinkedHashMap<>();
        for (Map.Entry<String, Finding> entry : state.findings().entrySet()) {
            if (!entry.getKey().startsWith("apiserver/") || Observations.kindOf(entry.getKey()) != SeriesKind.LATENCY)
                continue;
            SeriesState known = series.apply(entry.getKey());
            if (known.demand().isEmpty() || known.usualLevel().isEmpty()) continue;
            Demand demand = known.demand().get();
            double seconds = entry.getValue()
                    .change()
                    .map(Finding.Change::after)
                    .orElse(Math.exp(known.usualLevel().get()));
            double excess = demand.excess(NEWEST);
            double more = excess > USUAL_RISE * demand.usual() ? excess : 0;
            all += (demand.usual() + excess) * seconds;
            fresh += more * seconds;
            if (more > 0) moved.merge(demand.recent(), more * seconds, Double::sum);
        }
        return fresh > LEAST_PART * all ? Trajectory.of(moved, state.interval(), Instant.MAX) : List.of();
    }
}
