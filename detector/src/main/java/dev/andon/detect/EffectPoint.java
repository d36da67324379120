package dev.andon.detect;

import java.time.Instant;

/**
 * How much a series, or a cluster, was affected in one tick.
 *
 * @param time end of the tick
 * @param effect {@code ln(1 + excess / noise)}; about 0 to 1 while nothing is wrong
 */
public record EffectPoint(Instant time, double effect) {}
