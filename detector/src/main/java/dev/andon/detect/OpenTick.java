package dev.andon.detect;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A tick that is being collected: one contribution per source, whatever the phase at which each is sampled.
 *
 * @param start time of the first sample in it
 * @param newest newest sample in it
 * @param length of the tick: one sampling interval, or several short ones
 * @param interval longest sampling interval in it
 * @param sources what each source saw, in order of arrival
 */
public record OpenTick(Instant start, Instant newest, Duration length, Duration interval, List<Part> sources) {
    /**
     * What one source saw.
     *
     * @param source its name
     * @param time newest sample of it
     * @param sum of the values: seconds, events, or a number
     * @param weight requests behind it, {@code >= 0}
     * @param clients those of which a sample of {@code time} was seen, so that a repeated one is recognised
     */
    public record Part(String source, Instant time, double sum, double weight, List<String> clients) {}

    /** @return the first instant at which a source that is not in it yet would have been sampled before */
    Instant end() {
        return start.plus(length);
    }

    /** Sources jitter: from here on, a sample of a source that is in the tick belongs to its next one. */
    private Instant nextOfSource() {
        return end().minus(interval.dividedBy(2));
    }

    /** @return whether a sample of this time belongs to this tick; {@code known} when its source is in the tick already */
    boolean takes(Instant time, boolean known) {
        return time.isBefore(known ? nextOfSource() : end());
    }

    Optional<Part> partOf(String source) {
        return sources.stream().filter(part -> part.source().equals(source)).findFirst();
    }

    /** @return number of sources whose next sample would lie behind the end */
    long completeSources() {
        Instant last = nextOfSource();
        return sources.stream()
                .filter(part -> !part.time().plus(interval).isBefore(last))
                .count();
    }

    /** @return the mean time of its sources' newest samples, which the tick is dated by */
    Instant time() {
        double lag = sources.stream()
                .mapToLong(part -> Duration.between(part.time(), newest).toMillis())
                .average()
                .orElse(0);
        return newest.minusMillis(Math.round(lag));
    }

    /** @return one bit per source, by a hash of its name */
    long sourceBits() {
        long bits = 0;
        for (Part part : sources) bits |= 1L << ((part.source().hashCode() * 0x9E3779B9) >>> 26);
        return bits;
    }
}
