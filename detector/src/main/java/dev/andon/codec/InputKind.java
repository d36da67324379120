package dev.andon.codec;

import dev.andon.domain.ClusterInfo;
import dev.andon.domain.DnsSample;
import dev.andon.domain.Input;
import dev.andon.domain.LatencySample;
import dev.andon.domain.Measurement;
import dev.andon.domain.RolloutEvent;
import java.util.List;

/** The streams of a recording; each is one file and one topic. The order settles ties of equal times. */
public enum InputKind {
    CLUSTERS("clusters", ClusterInfo.class),
    ROLLOUTS("rollouts", RolloutEvent.class),
    APISERVER_LATENCY("apiserver-latency", LatencySample.class),
    DNS_ERRORS("dns-errors", DnsSample.class),
    MEASUREMENTS("measurements", Measurement.class);

    private static final List<InputKind> ALL = List.of(values());

    private final String stream;
    private final Class<? extends Input> type;

    InputKind(String stream, Class<? extends Input> type) {
        this.stream = stream;
        this.type = type;
    }

    /** @return name of the file without its ending, and of the topic without its prefix */
    public String stream() {
        return stream;
    }

    public static InputKind of(Input input) {
        for (InputKind kind : ALL) {
            if (kind.type.isInstance(input)) return kind;
        }
        throw new IllegalArgumentException("unknown kind of input: " + input.getClass());
    }
}
