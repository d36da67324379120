package dev.andon.detect;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A tick that is being collected: one contribution per source.
 *
 * @param first oldest sample in it
 * @param newest newest sample in it
 * @param interval longest interval in it
 * @param sources what each source saw, in order of arrival
 */
public record OpenTick(Instant first, Instant newest, Duration interval, List<Part> sources) {
    /**
     * What one source saw.
     *
     * @param source its name
     * @param sum of the values: seconds, events, or a number
     * @param weight requests behind it, {@code >= 0}
     * @param clients clients of which a sample was seen, so that a repeated one is recognised; empty without clients
     */
    public record Part(String source, Instant time, double sum, double weight, List<String> clients) {}
}
