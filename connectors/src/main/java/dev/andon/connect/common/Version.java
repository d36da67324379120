package dev.andon.connect.common;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The version of the connectors, as the build wrote it into the jar. */
public final class Version {
    private static final String RESOURCE = "/dev/andon/connect/version.properties";
    private static final String CURRENT = read();

    private Version() {}

    /** Such as {@code 0.1.0}. */
    public static String current() {
        return CURRENT;
    }

    /** The User-Agent header of every request that a connector makes, such as {@code andon/0.1.0}. */
    public static String userAgent() {
        return "andon/" + CURRENT;
    }

    private static String read() {
        try (InputStream in = Version.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException(RESOURCE + " is missing from the jar of the connectors; rebuild it");
            }
            Properties properties = new Properties();
            properties.load(in);
            return properties.getProperty("version", "unknown");
        } catch (IOException e) {
            throw new UncheckedIOException(RESOURCE + " cannot be read; rebuild the jar of the connectors", e);
        }
    }
}
