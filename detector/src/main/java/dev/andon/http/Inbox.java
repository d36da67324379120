package dev.andon.http;

import dev.andon.domain.OperatorOverride;
import dev.andon.domain.RolloutEvent;
import java.io.Serial;
import java.util.List;

/** Where posted things go. A call returns when they are safe. */
public interface Inbox {
    /** @throws NotAccepted when not all of them are surely stored; the sender may repeat all */
    void rollouts(List<RolloutEvent> events);

    /** @throws NotAccepted when it is not surely stored; the sender may repeat it */
    void override(OperatorOverride override);

    /** What was posted is not surely stored. The message says why, in one sentence without secrets. */
    final class NotAccepted extends RuntimeException {
        @Serial
        private static final long serialVersionUID = 1L;

        public NotAccepted(String sentence, Throwable cause) {
            super(sentence, cause);
        }
    }
}
