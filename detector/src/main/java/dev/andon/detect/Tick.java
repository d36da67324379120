package dev.andon.detect;

import java.time.Duration;
import java.time.Instant;

/**
 * One step of a series: what all its sources together saw in about one interval.
 *
 * @param end newest end of an interval in it
 * @param interval length of time that it covers
 * @param value level (a number or the logarithm of a latency) or, for shares, the number of events
 * @param weight requests behind {@code value}; for shares the total of which {@code value} are events; {@code > 0}
 */
public record Tick(Instant end, Duration interval, double value, double weight) {}
