package dev.andon.connect.scrape;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Makes a target of labels, as Prometheus does before it relabels: {@code __address__}, {@code __scheme__},
 * {@code __metrics_path__} and {@code __param_…} make the URL, {@code instance} names it and {@code cluster} says where it
 * is. Other labels mean nothing here.
 */
final class TargetLabels {
    static final String ADDRESS = "__address__";
    private static final String SCHEME = "__scheme__";
    private static final String PATH = "__metrics_path__";
    private static final String PARAM = "__param_";
    private static final String CLUSTER = "cluster";
    private static final String INSTANCE = "instance";

    private TargetLabels() {}

    /**
     * @param cluster of targets without a label {@code cluster}
     * @throws IllegalArgumentException saying what is wrong with which target
     */
    static Target target(Target.Kind kind, Optional<String> cluster, Map<String, String> labels) {
        String address = labels.getOrDefault(ADDRESS, "");
        if (address.isBlank()) {
            throw new IllegalArgumentException("a target has no address; name it under targets as host:port");
        }
        // What follows an @ is the host of a URL, what precedes it a secret.
        if (address.contains("/") || address.contains("@")) {
            throw new IllegalArgumentException("the address '" + address.replaceAll(".*@", "…@")
                    + "' is not of the form host:port; scheme and path are the labels __scheme__ and"
                    + " __metrics_path__");
        }
        String where = labels.getOrDefault(CLUSTER, cluster.orElse(""));
        if (where.isBlank()) {
            throw new IllegalArgumentException(
                    "the target '" + address + "' has no label cluster, and the option cluster is not set");
        }
        URI url = url(kind, address, labels);
        String instance = labels.getOrDefault(INSTANCE, "");
        return new Target(kind, where, instance.isBlank() ? TargetSyntax.hostAndPort(url) : instance, url, true);
    }

    private static URI url(Target.Kind kind, String address, Map<String, String> labels) {
        // Prometheus takes http for granted; no API server has served its metrics that way for years.
        String scheme = labels.getOrDefault(SCHEME, kind == Target.Kind.APISERVER ? "https" : "http");
        if (!scheme.equals("http") && !scheme.equals("https")) {
            throw new IllegalArgumentException(
                    "__scheme__ of '" + address + "' is '" + scheme + "'; it must be http or https");
        }
        String path = labels.getOrDefault(PATH, "/metrics");
        String query = query(labels);
        try {
            URI url = new URI(scheme + "://" + address + (path.startsWith("/") ? path : "/" + path) + query);
            if (url.getHost() == null) {
                throw new IllegalArgumentException("the address '" + address + "' is not of the form host:port");
            }
            return url;
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(
                    "address and path of '" + address + "' make no URL: " + e.getReason(), e);
        }
    }

    private static String query(Map<String, String> labels) {
        String query = new TreeMap<>(labels)
                .entrySet().stream()
                        .filter(label -> label.getKey().startsWith(PARAM))
                        .map(label ->
                                encoded(label.getKey().substring(PARAM.length())) + "=" + encoded(label.getValue()))
                        .collect(Collectors.joining("&"));
        return query.isEmpty() ? "" : "?" + query;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
