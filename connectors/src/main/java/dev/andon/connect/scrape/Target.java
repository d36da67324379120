package dev.andon.connect.scrape;

import dev.andon.connect.totals.DeltaTracker;
import dev.andon.connect.totals.Origin;
import java.net.URI;

/**
 * One metrics page to scrape.
 *
 * @param kind what answers there
 * @param cluster the cluster it belongs to
 * @param instance name of this server within the cluster, {@code host:port} unless it was given one
 * @param url of the page
 */
record Target(Kind kind, String cluster, String instance, URI url) {
    enum Kind {
        APISERVER,
        DNS
    }

    DeltaTracker tracker() {
        return switch (kind) {
            case APISERVER -> DeltaTracker.apiserver(new Origin(cluster, instance));
            case DNS -> DeltaTracker.dns(new Origin(cluster, instance));
        };
    }

    /** @return the name under which offsets and log lines speak of it */
    String id() {
        return cluster + "/" + instance;
    }
}
