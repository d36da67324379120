package dev.andon.connect.common;

import dev.andon.schema.DeliveryStatus;
import java.time.Duration;

/**
 * When a sink that stands in for another speaks.
 *
 * @param sink name of the connector that comes first
 * @param status how far that one must have come
 * @param within time that it has for that
 */
public record EscalationSettings(String sink, DeliveryStatus status, Duration within) {}
