package dev.andon.connect.scrape;

import java.util.HashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says once when something about a target goes wrong and once when it is over, not with every scrape. */
final class Conditions {
    private static final Logger LOG = LoggerFactory.getLogger(PrometheusScrapeSourceTask.class);

    private final Target target;
    private final Set<Enum<?>> standing = new HashSet<>();
    private final Set<Enum<?>> seen = new HashSet<>();

    Conditions(Target target) {
        this.target = target;
    }

    /** @return whether this is new, and not just still so */
    boolean report(Enum<?> reason, String message) {
        seen.add(reason);
        boolean begins = standing.add(reason);
        if (begins) {
            LOG.warn("Scraping {} at {}: {} ({})", target.id(), target.url(), message, ScrapeMetrics.label(reason));
        }
        return begins;
    }

    /** Ends the round: what was not reported in it is over. */
    void settle() {
        for (Enum<?> reason : Set.copyOf(standing)) {
            if (!seen.contains(reason)) {
                standing.remove(reason);
                LOG.info("Scraping {}: no longer {}", target.id(), ScrapeMetrics.label(reason));
            }
        }
        seen.clear();
    }
}
