package dev.andon.cli;

import dev.andon.codec.JsonCodec;
import dev.andon.domain.Signal;
import java.util.List;

/** Signals as JSON Lines, as the contract has them. */
final class SignalLines {
    private SignalLines() {}

    static String of(List<Signal> signals) {
        JsonCodec codec = new JsonCodec(unknownField -> {});
        StringBuilder lines = new StringBuilder();
        for (Signal signal : signals) lines.append(codec.write(signal)).append('\n');
        return lines.toString();
    }
}
