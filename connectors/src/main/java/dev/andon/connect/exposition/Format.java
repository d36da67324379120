package dev.andon.connect.exposition;

import java.util.Locale;
import java.util.Optional;

/** The two ways in which servers write their metrics. */
public enum Format {
    PROTOBUF,
    TEXT;

    /** What to send as {@code Accept}: protobuf where the server can, text otherwise. */
    public static final String ACCEPT = "application/vnd.google.protobuf;"
            + "proto=io.prometheus.client.MetricFamily;encoding=delimited;q=1,"
            + "application/openmetrics-text;version=1.0.0;q=0.6,text/plain;version=0.0.4;q=0.5,*/*;q=0.1";

    /** @return the format that a {@code Content-Type} announces; empty when it is another */
    static Optional<Format> ofContentType(String contentType) {
        String[] parts = contentType.toLowerCase(Locale.ROOT).replace(" ", "").split(";", -1);
        return switch (parts[0]) {
            case "application/vnd.google.protobuf" ->
                isDelimitedFamilies(parts) ? Optional.of(PROTOBUF) : Optional.empty();
            case "text/plain", "application/openmetrics-text" -> Optional.of(TEXT);
            default -> Optional.empty();
        };
    }

    private static boolean isDelimitedFamilies(String[] parts) {
        for (String part : parts) {
            if (part.equals("encoding=text") || part.equals("encoding=compact-text")) {
                return false;
            }
        }
        return true;
    }
}
