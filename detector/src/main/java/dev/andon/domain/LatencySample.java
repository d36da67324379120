package dev.andon.domain;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Requests that one apiserver instance answered in one interval, for one verb, and where known one scope and one client.
 *
 * @param time end of the interval
 * @param verb upper case, e.g. {@code LIST}
 * @param scope {@code resource}, {@code namespace} or {@code cluster}
 * @param codes answers by HTTP status code, e.g. {@code "429" -> 2}
 * @param client who called: a service account or a user agent
 */
public record LatencySample(
        Instant time,
        String cluster,
        String instance,
        String verb,
        Optional<String> scope,
        Duration interval,
        Histogram latency,
        Map<String, Long> codes,
        Optional<String> client)
        implements Sample {
    public LatencySample {
        Require.name("cluster", cluster);
        Require.name("instance", instance);
        Require.name("verb", verb);
        Require.interval(interval);
        Require.counts("codes", codes);
        codes = Map.copyOf(codes);
    }

    @Override
    public String source() {
        return instance;
    }
}
