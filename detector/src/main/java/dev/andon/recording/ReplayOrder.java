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
    static final Comparator<Input> BY_TIME = Comparator.comparing(Input::time)
            .thenComparing(InputKind::of)
            .thenComparing(Input::cluster)
            .thenComparing(ReplayOrder::detail);

    private ReplayOrder() {}

    private static String detail(Input input) {
        if (input instanceof LatencySample s) {
            return s.instance()
                    + '\u0000'
                    + s.verb()
                    + '\u0000'
                    + s.scope().orElse("")
                    + '\u0000'
                    + s.client().orElse("");
        }
        if (input instanceof DnsSample s) return s.view() + "\u0000" + s.server();
        if (input instanceof Measurement m) return m.series();
        if (input instanceof RolloutEvent e) return e.rolloutId();
        return "";
    }
}
