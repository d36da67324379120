package dev.andon.service;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * Something that must work for the service to run does not. The message is one sentence for the operator: what is wrong,
 * the value seen, what to do. The cause is kept for {@code --verbose}.
 */
public final class StartException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    public StartException(String sentence, @Nullable Throwable cause) {
        super(sentence, cause);
    }

    public StartException(String sentence) {
        this(sentence, null);
    }
}
