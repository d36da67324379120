package dev.andon.detect;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;

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

    /** @return when the tick closes although sources are missing */
    public Instant due() {
        return end().plusNanos(halfInterval());
    }

    /** Sources jitter: from here on, a sample of a source that is in the tick belongs to its next one. */
    private Instant nextOfSource() {
        return end().minusNanos(halfInterval());
    }

    /** In nanoseconds: dividing a duration goes by way of decimal fractions. */
    private long halfInterval() {
        return interval.toNanos() / 2;
    }

    /** @return whether a sample of this time belongs to this tick; {@code known} when its source is in the tick already */
    boolean takes(Instant time, boolean known) {
        return time.isBefore(known ? nextOfSource() : end());
    }

    /** @return which of the sources it is, from 0 on; absent when it is not in the tick yet */
    OptionalInt placeOf(String source) {
        for (int i = 0; i < sources.size(); i++) {
            if (sources.get(i).source().equals(source)) return OptionalInt.of(i);
        }
        return OptionalInt.empty();
    }

    /** @return number of sources whose next sample would lie behind the end */
    long completeSources() {
        Instant last = nextOfSource().minus(interval);
        long complete = 0;
        for (Part part : sources) {
            if (!part.time().isBefore(last)) complete++;
        }
        return complete;
    }

    /** @return the mean time of its sources' newest samples, which the tick is dated by */
    Instant time() {
        long lags = 0;
        for (Part part : sources) lags += Duration.between(part.time(), newest).toMillis();
        return newest.minusMillis(Math.round((double) lags / sources.size()));
    }

    /** @return what all sources counted */
    double sum() {
        double sum = 0;
        for (Part part : sources) sum += part.sum();
        return sum;
    }

    /** @return the requests behind it */
    double weight() {
        double weight = 0;
        for (Part part : sources) weight += part.weight();
        return weight;
    }

    /** @return the lower median of what the sources saw per request, of those that saw any: at least one */
    double lowerMedian() {
        double[] values = new double[sources.size()];
        int known = 0;
        for (Part part : sources) {
            if (part.weight() > 0) values[known++] = part.sum() / part.weight();
        }
        Arrays.sort(values, 0, known);
        return values[(known - 1) / 2];
    }

    /** @return one bit per source, by a hash of its name */
    long sourceBits() {
        long bits = 0;
        for (Part part : sources) bits |= 1L << ((part.source().hashCode() * 0x9E3779B9) >>> 26);
        return bits;
    }
}
