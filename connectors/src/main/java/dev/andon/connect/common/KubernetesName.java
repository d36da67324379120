package dev.andon.connect.common;

import java.util.regex.Pattern;

/** What an object of Kubernetes can be called: text of events must not become part of a path before it was looked at. */
public final class KubernetesName {
    /** RFC 1123, as Kubernetes takes it for names with dots. */
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?");

    private static final int SHOWN = 100;

    private KubernetesName() {}

    /** Whether an object could have that name. */
    public static boolean fits(String text) {
        return NAME.matcher(text).matches();
    }

    /** The text in quotes, harmless and short enough for a message. */
    public static String shown(String text) {
        String harmless = text.replaceAll("[^\\x20-\\x7E]", "?");
        return "\"" + (harmless.length() > SHOWN ? harmless.substring(0, SHOWN) + "..." : harmless) + "\"";
    }
}
