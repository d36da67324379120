package dev.andon.connect.watch;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What one look shows of a cluster.
 *
 * @param nodes count; empty when it is not known
 * @param dnsCache longest time for which its DNS caches may serve an old answer; empty when it is not known
 */
record Facts(OptionalLong nodes, Optional<Duration> dnsCache) {
    static final Facts NONE = new Facts(OptionalLong.empty(), Optional.empty());

    /** A number of nodes that differs by less than a twentieth can wait for so long. */
    private static final Duration SMALL_CHANGES = Duration.ofMinutes(10);

    /**
     * After so long everything is said again. The topic keeps one record of each cluster, and one from another writer may
     * have taken the place of ours.
     */
    private static final Duration REPETITION = Duration.ofHours(1);

    /**
     * Whether to say it, given what was said before. What is not known any more is no news: it takes nothing back.
     *
     * @param since time since that was said
     */
    boolean worthTelling(Facts before, Duration since) {
        if (nodes.isEmpty() && dnsCache.isEmpty()) {
            return false;
        }
        boolean otherNodes = nodes.isPresent() && !nodes.equals(before.nodes);
        boolean otherCache = dnsCache.isPresent() && !dnsCache.equals(before.dnsCache);
        return otherCache
                || (otherNodes && (farFrom(before) || since.compareTo(SMALL_CHANGES) >= 0))
                || since.compareTo(REPETITION) >= 0;
    }

    private boolean farFrom(Facts before) {
        return before.nodes.isEmpty()
                || Math.abs(nodes.getAsLong() - before.nodes.getAsLong()) * 20 >= before.nodes.getAsLong();
    }
}
