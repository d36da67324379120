package dev.andon.service.config;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/** A token or password. Cannot be printed by accident; {@link #reveal} is the only way to its text. */
public final class Secret {
    private final String text;

    public Secret(String text) {
        this.text = text;
    }

    /** Returns the text itself, for the one place that must send it. */
    public String reveal() {
        return text;
    }

    /** Compares in a time that does not depend on how much of the candidate is right. */
    public boolean matches(String candidate) {
        return MessageDigest.isEqual(text.getBytes(StandardCharsets.UTF_8), candidate.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Secret secret && matches(secret.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return ConfigProblem.HIDDEN;
    }
}
