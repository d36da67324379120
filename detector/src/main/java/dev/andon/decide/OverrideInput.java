package dev.andon.decide;

import dev.andon.domain.OperatorOverride;
import java.time.Instant;

/** An operator's word, as an input of a fleet. */
public record OverrideInput(OperatorOverride override) implements FleetInput {
    @Override
    public Instant time() {
        return override.time();
    }
}
