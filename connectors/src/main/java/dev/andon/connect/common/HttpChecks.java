package dev.andon.connect.common;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.ConfigDef.Validator;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;

/**
 * Checks of where to send and with which headers. No message shows a header, a secret, or more of a URL than its host:
 * the messages travel through the REST interface of the worker and into its log.
 */
public final class HttpChecks {
    public static final Validator URL = (name, value) -> check(name, value, HttpChecks::url);
    public static final Validator OPTIONAL_URL = (name, value) -> {
        if (value != null && !value.toString().isBlank()) {
            check(name, value, HttpChecks::url);
        }
    };
    public static final Validator URLS = (name, value) -> {
        if (value instanceof List<?> urls) {
            if (urls.isEmpty()) {
                throw new ConfigException(name + ": is empty; name at least one address");
            }
            urls.forEach(url -> check(name, url, HttpChecks::url));
        }
    };
    public static final Validator HEADERS = (name, value) -> check(name, value, HttpChecks::headers);

    private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
    private static final Pattern VALUE = Pattern.compile("[\\x20-\\x7E\\t]*");

    /** Those of the sink itself, and those that the HTTP client of the JDK does not let anybody set. */
    private static final Set<String> RESERVED = Set.of(
            "content-type",
            "user-agent",
            "connection",
            "content-length",
            "expect",
            "host",
            "upgrade",
            "transfer-encoding");

    private HttpChecks() {}

    /** A validator that never shows the value: it may be a secret. */
    public static Validator hiding(Consumer<String> parse) {
        return (name, value) -> check(name, value, parse);
    }

    private static void check(String name, Object value, Consumer<String> parse) {
        if (value == null) {
            return; // a required option without a value is reported by the framework
        }
        try {
            parse.accept(value instanceof Password secret ? secret.value() : value.toString());
        } catch (IllegalArgumentException e) {
            // Without the value: the framework would print it.
            throw new ConfigException(name + ": " + e.getMessage());
        }
    }

    /**
     * An address without credentials.
     *
     * @throws IllegalArgumentException saying what is wrong, without showing it
     */
    public static URI url(String text) {
        URI uri;
        try {
            uri = new URI(text.strip());
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(
                    "not a URL (" + e.getReason() + " at character " + e.getIndex() + "); write https://host/path");
        }
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("https") && !scheme.equals("http")) {
            throw new IllegalArgumentException(
                    (scheme.isEmpty() ? "has no scheme" : "its scheme is " + scheme) + "; write https:// or http://");
        }
        if (uri.getUserInfo() != null
                || (uri.getHost() == null && String.valueOf(uri.getAuthority()).contains("@"))) {
            throw new IllegalArgumentException("holds credentials; put them into an Authorization header with headers");
        }
        if (uri.getHost() == null) {
            throw new IllegalArgumentException("names no host; write " + scheme + "://host/path");
        }
        if (uri.getPort() == 0 || uri.getPort() > 65_535) {
            throw new IllegalArgumentException("its port is " + uri.getPort() + "; it must be between 1 and 65535");
        }
        if (uri.getFragment() != null) {
            throw new IllegalArgumentException("has a part after #, which is never sent; remove it");
        }
        return uri;
    }

    /**
     * Headers by name, in their order.
     *
     * @throws IllegalArgumentException saying what is wrong, without showing any value
     */
    public static Map<String, String> headers(String text) {
        Map<String, String> headers = new LinkedHashMap<>();
        int number = 0;
        for (String line : text.split("[\\r\\n|]+", -1)) {
            if (line.isBlank()) {
                continue;
            }
            number++;
            int colon = line.indexOf(':');
            String name = colon < 0 ? "" : line.substring(0, colon).strip();
            if (!TOKEN.matcher(name).matches()) {
                throw new IllegalArgumentException("header " + number + " is not of the form `Name: value`");
            }
            String lower = name.toLowerCase(Locale.ROOT);
            if (RESERVED.contains(lower) || lower.startsWith("webhook-")) {
                throw new IllegalArgumentException("header " + number + " is " + name + ", which is set by the sink"
                        + " or the HTTP client itself; remove it");
            }
            String value = line.substring(colon + 1).strip();
            if (!VALUE.matcher(value).matches()) {
                throw new IllegalArgumentException(
                        "header " + number + " (" + name + ") holds a character that is not visible ASCII");
            }
            headers.put(name, value);
        }
        return headers;
    }
}
