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
    private static final Comparator<LatencySample> LATENCY = Comparator.comparing(
                    LatencySample::instance, ReplayOrder::compare)
            .thenComparing(LatencySample::verb)
            .thenComparing(sample -> sample.scope().orElse(""))
            .thenComparing(sample -> sample.client().orElse(""));
    private static final Comparator<DnsSample> DNS =
            Comparator.comparing((DnsSample sample) -> sample.view().name()).thenComparing(DnsSample::server);

    static final Comparator<Input> BY_TIME = ReplayOrder::compare;

    private ReplayOrder() {}

    /** Written out: it is asked some ten times for each input, mostly about equal times. */
    private static int compare(Input one, Input other) {
        int byTime = one.time().compareTo(other.time());
        if (byTime != 0) return byTime;
        int byKind = one.getClass() == other.getClass() ? 0 : InputKind.of(one).compareTo(InputKind.of(other));
        if (byKind != 0) return byKind;
        int byCluster = compare(one.cluster(), other.cluster());
        return byCluster != 0 ? byCluster : withinCluster(one, other);
    }

    /** Names are mostly the same object. */
    @SuppressWarnings("ReferenceEquality")
    private static int compare(String one, String other) {
        return one == other ? 0 : one.compareTo(other);
    }

    /** Two of one kind. */
    private static int withinCluster(Input one, Input other) {
        if (one instanceof LatencySample s) return LATENCY.compare(s, (LatencySample) other);
        if (one instanceof DnsSample s) return DNS.compare(s, (DnsSample) other);
        if (one instanceof Measurement m) return m.series().compareTo(((Measurement) other).series());
        if (one instanceof RolloutEvent e) return e.rolloutId().compareTo(((RolloutEvent) other).rolloutId());
        return 0;
    }
}
