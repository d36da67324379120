package dev.andon.codec;

import org.jspecify.annotations.Nullable;

/** State that was written by another version, or damaged. Nothing that a retry would heal. */
public final class UnreadableStateException extends RuntimeException {
    private static final long serialVersionUID = 1;

    UnreadableStateException(String message) {
        super(message);
    }

    UnreadableStateException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
