package dev.andon.simulate;

import dev.andon.domain.Input;
import java.util.List;

/** A scenario that was played: every input in order of time, and what really happened. */
public record Recorded(List<Input> inputs, Truth truth) {
    public Recorded {
        inputs = List.copyOf(inputs);
    }
}
