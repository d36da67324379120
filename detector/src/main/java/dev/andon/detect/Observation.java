package dev.andon.detect;

import java.time.Duration;
import java.time.Instant;

/**
 * What one sample says of one series.
 *
 * @param time end of the interval
 * @param source apiserver instance, DNS server or measurement
 * @param client who called, or empty; samples of one source that differ only in the client add up
 * @param sum seconds of all requests, number of events, or the number itself
 * @param weight requests, or the total of which {@code sum} are events, {@code >= 0}
 */
public record Observation(Instant time, Duration interval, String source, String client, double sum, double weight) {}
