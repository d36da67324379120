package dev.andon.connect.scrape;

import java.net.URI;
import java.net.URISyntaxException;

/** How a target is written: {@code cluster=URL} or {@code cluster/instance=URL}. */
final class TargetSyntax {
    private TargetSyntax() {}

    /** @throws IllegalArgumentException saying what is wrong and what it should be; never quotes credentials */
    static Target parse(Target.Kind kind, String entry) {
        int equals = entry.indexOf('=');
        if (equals < 0) {
            throw new IllegalArgumentException(
                    "'" + withoutCredentials(entry) + "' has no '='; write cluster=URL or cluster/instance=URL");
        }
        String name = entry.substring(0, equals).trim();
        URI url = url(name, entry.substring(equals + 1).trim());
        int slash = name.indexOf('/');
        String cluster = slash < 0 ? name : name.substring(0, slash);
        String instance = slash < 0 ? hostAndPort(url) : name.substring(slash + 1);
        if (cluster.isBlank() || instance.isBlank()) {
            throw new IllegalArgumentException("'" + name + "' lacks the name of the cluster or of the instance; write"
                    + " cluster=URL or cluster/instance=URL");
        }
        return new Target(kind, cluster, instance, url, true);
    }

    private static URI url(String name, String text) {
        URI url;
        try {
            url = new URI(text);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("the URL of '" + name + "' is not valid: " + e.getReason(), e);
        }
        boolean http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
        if (!http || url.getHost() == null) {
            throw new IllegalArgumentException("the URL of '" + name + "' is '" + withoutCredentials(text)
                    + "'; it must begin with http:// or https:// and name a host");
        }
        if (url.getUserInfo() != null) {
            throw new IllegalArgumentException("the URL of '" + name
                    + "' holds credentials; leave them out and use bearer.token.file or a client certificate");
        }
        boolean noPath = url.getPath().isEmpty() || url.getPath().equals("/");
        return noPath ? url.resolve(url.getQuery() == null ? "/metrics" : "/metrics?" + url.getRawQuery()) : url;
    }

    static String hostAndPort(URI url) {
        int port = url.getPort() >= 0 ? url.getPort() : url.getScheme().equals("https") ? 443 : 80;
        return url.getHost() + ":" + port;
    }

    private static String withoutCredentials(String text) {
        return text.replaceAll("//[^/@]*@", "//…@");
    }
}
