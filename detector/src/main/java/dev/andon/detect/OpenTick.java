package dev.andon.detect;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A tick that is being collected: one contribution per source.
 *
 * @param start of the first interval in it
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

    Instant end() {
        return start.plus(length);
    }

    Optional<Part> partOf(String source) {
        return sources.stream().filter(part -> part.source().equals(source)).findFirst();
    }

    /** @return number of sources whose next sample would lie behind the end */
    long completeSources() {
        Instant lastSampleAfter = end().minus(interval);
        return sources.stream()
                .filter(part -> part.time().isAfter(lastSampleAfter))
                .count();
    }
}
