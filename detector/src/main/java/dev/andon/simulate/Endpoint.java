package dev.andon.simulate;

import java.net.URI;

/**
 * A metrics page that the simulation serves.
 *
 * @param instance name of the server within its cluster
 * @param url of the page, on the loopback interface
 */
public record Endpoint(String cluster, Kind kind, String instance, URI url) {
    /** Whose page it is. */
    public enum Kind {
        APISERVER,
        /** A DNS server of the cluster. */
        DNS,
        /** The resolver caches in front of the workloads: what clients see. A lagging view. */
        DNS_CLIENTS
    }
}
