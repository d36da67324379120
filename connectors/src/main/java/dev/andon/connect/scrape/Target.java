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
 * @param named whether a person wrote it down, here or in a file; whoever may add a pod to a cluster can have it found
 */
record Target(Kind kind, String cluster, String instance, URI url, boolean named) {
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

    /** @return whether it may be shown the token: not everybody who can be found, and not without encryption then */
    boolean mayHaveToken() {
        return named || "https".equals(url.getScheme());
    }

    /** @return the name under which offsets and log lines speak of it */
    String id() {
        return cluster + "/" + instance;
    }
}
