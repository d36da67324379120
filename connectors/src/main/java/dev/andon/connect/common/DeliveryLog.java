package dev.andon.connect.common;

import dev.andon.schema.Delivery;

/** Where attempts to deliver are recorded. Recording never stands in the way of delivering: it does not throw. */
public interface DeliveryLog extends AutoCloseable {
    /** Records nothing. */
    DeliveryLog NONE = delivery -> {};

    /** Records one attempt, soon. */
    void record(Delivery delivery);

    /** Returns when what was recorded so far is safe, or has been given up. */
    default void flush() {}

    @Override
    default void close() {}

    /** The log that the settings ask for. */
    static DeliveryLog open(SinkSettings settings) {
        return settings.deliveriesTopic().isEmpty()
                ? NONE
                : new KafkaDeliveryLog(settings.deliveriesTopic(), settings.deliveriesProducer());
    }
}
