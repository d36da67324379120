package dev.andon.connect.probe;

import java.net.InetSocketAddress;

/**
 * A server to ask.
 *
 * @param cluster it belongs to
 * @param name of this server within the cluster, {@code host:port} unless it was given one
 * @param host name or address
 * @param port of UDP
 */
record DnsServer(String cluster, String name, String host, int port) {
    private static final int DNS_PORT = 53;

    /** @throws IllegalArgumentException saying what is wrong and what it should be */
    static DnsServer parse(String entry) {
        int equals = entry.indexOf('=');
        if (equals <= 0) {
            throw new IllegalArgumentException(
                    "'" + entry + "' has no '='; write cluster=host:port or cluster/server=host:port");
        }
        String who = entry.substring(0, equals).trim();
        String where = entry.substring(equals + 1).trim();
        int colon = where.lastIndexOf(':');
        // An IPv6 address has colons of its own and needs brackets when a port follows.
        boolean hasPort = colon >= 0 && (where.indexOf(':') == colon || where.charAt(colon - 1) == ']');
        String host = (hasPort ? where.substring(0, colon) : where).replaceAll("^\\[|]$", "");
        int port = hasPort ? port(entry, where.substring(colon + 1)) : DNS_PORT;
        int slash = who.indexOf('/');
        String cluster = slash < 0 ? who : who.substring(0, slash);
        String name = slash < 0 ? host + ":" + port : who.substring(slash + 1);
        if (cluster.isBlank() || name.isBlank() || host.isBlank()) {
            throw new IllegalArgumentException(
                    "'" + entry
                            + "' lacks the cluster, the server or the host; write cluster=host:port or cluster/server=host:port");
        }
        return new DnsServer(cluster, name, host, port);
    }

    private static int port(String entry, String text) {
        try {
            int port = Integer.parseInt(text);
            if (port > 0 && port < 65_536) {
                return port;
            }
        } catch (NumberFormatException notANumber) {
            // Said below, together with numbers that are no port.
        }
        throw new IllegalArgumentException("'" + entry + "' has the port '" + text + "'; it must be 1 to 65535");
    }

    String id() {
        return cluster + "/" + name;
    }

    /** @return resolved now: a server that moves is found again */
    InetSocketAddress address() {
        return new InetSocketAddress(host, port);
    }
}
