package dev.andon.domain;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * Answers of one DNS server in one interval.
 *
 * @param time end of the interval
 * @param responses all answers, whatever their rcode
 * @param rcodes answers by rcode, e.g. {@code "SERVFAIL" -> 20}; their sum is at most {@code responses}
 * @param timeouts questions without an answer; not part of {@code responses}
 * @param staleAnswers answers served from a cache after they had expired (RFC 8767)
 */
public record DnsSample(
        Instant time,
        String cluster,
        String server,
        View view,
        Duration interval,
        long responses,
        Map<String, Long> rcodes,
        long timeouts,
        long staleAnswers)
        implements Sample {
    /** From where the answers were seen. */
    public enum View {
        /** What the server answered. */
        SERVER,
        /** What a workload saw, behind its cache: a lagging view. */
        CLIENT,
        /** A look-up of Andon's own that bypasses caches: a leading view. */
        PROBE
    }

    public DnsSample {
        Require.name("cluster", cluster);
        Require.name("server", server);
        Require.interval(interval);
        Require.notNegative("responses", responses);
        Require.notNegative("timeouts", timeouts);
        Require.notNegative("staleAnswers", staleAnswers);
        long sum = Require.counts("rcodes", rcodes);
        if (sum > responses) {
            throw new InvalidInput(
                    RejectReason.INCONSISTENT, "rcodes add up to " + sum + " but responses is only " + responses);
        }
        rcodes = Map.copyOf(rcodes);
    }

    @Override
    public String source() {
        return server;
    }
}
