package dev.andon.recording;

import dev.andon.codec.InputKind;
import dev.andon.domain.DnsSample;
import dev.andon.domain.Input;
import dev.andon.domain.LatencySample;
import dev.andon.domain.Measurement;
import dev.andon.domain.RolloutEvent;
import java.util.Comparator;

/** The one order in which inputs are replayed, so that the order of lines in a file does not matter. */
final class ReplayOrder {
    private static final Comparator<LatencySample> LATENCY = Comparator.comparing(LatencySample::instance)
            .thenComparing(LatencySample::verb)
            .thenComparing(sample -> sample.scope().orElse(""))
            .thenComparing(sample -> sample.client().orElse(""));
    private static final Comparator<DnsSample> DNS =
            Comparator.comparing((DnsSample sample) -> sample.view().name()).thenComparing(DnsSample::server);

    static final Comparator<Input> BY_TIME = Comparator.comparing(Input::time)
            .thenComparing(InputKind::of)
            .thenComparing(Input::cluster)
            .thenComparing(ReplayOrder::withinCluster);

    private ReplayOrder() {}

    /** Two of one kind. */
    private static int withinCluster(Input one, Input other) {
        if (one instanceof LatencySample s) return LATENCY.compare(s, (LatencySample) other);
        if (one instanceof DnsSample s) return DNS.compare(s, (DnsSample) other);
        if (one instanceof Measurement m) return m.series().compareTo(((Measurement) other).series());
        if (one instanceof RolloutEvent e) return e.rolloutId().compareTo(((RolloutEvent) other).rolloutId());
        return 0;
    }
}
