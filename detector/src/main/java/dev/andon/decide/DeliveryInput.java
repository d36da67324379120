package dev.andon.decide;

import dev.andon.domain.Delivery;
import java.time.Instant;

/** What became of a signal, as an input of a fleet. */
public record DeliveryInput(Delivery delivery) implements FleetInput {
    @Override
    public Instant time() {
        return delivery.time();
    }
}
