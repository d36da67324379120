package dev.andon.connect.common;

import dev.andon.connect.common.Outcome.Reason;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How one receiver is doing: says each change once in the log, and until when it is to be left alone. Guarded by its lane. */
final class Health {
    private static final Logger LOG = LoggerFactory.getLogger(Health.class);

    private final String sink;
    private final String target;
    private Instant pausedUntil = Instant.MIN;
    private long failures;
    private boolean refused;

    Health(String sink, String target) {
        this.sink = sink;
        this.target = target;
    }

    /** It took something. */
    void well() {
        if (failures > 0 || refused) {
            LOG.info("{}: {} takes signals again", sink, target);
        }
        failures = 0;
        refused = false;
        pausedUntil = Instant.MIN;
    }

    /** It did not take something and never will. */
    void rejected(Outcome outcome) {
        if (outcome.reason() == Reason.AUTH && !refused) {
            refused = true;
            LOG.error(
                    "{}: {} refuses the credentials ({}). No signal gets through until they are corrected; each one is"
                            + " tried once",
                    sink,
                    target,
                    outcome.detail());
        }
    }

    /**
     * It is in trouble.
     *
     * @return how often in a row it has failed, this time included
     */
    long failed(Outcome outcome) {
        if (failures++ == 0) {
            LOG.warn("{}: {} takes no signals: {}. They wait and are tried again", sink, target, outcome.detail());
        }
        return failures;
    }

    /** It was asked whether it is there. */
    void checked(Outcome outcome) {
        switch (outcome.kind()) {
            case DELIVERED, UNCONCERNED -> LOG.info("{}: {} is there and takes the credentials", sink, target);
            case REJECTED -> {
                rejected(outcome);
                if (outcome.reason() != Reason.AUTH) {
                    LOG.error("{}: {} answers, but not as expected: {}", sink, target, outcome.detail());
                }
            }
            case RETRY -> LOG.warn("{}: {} does not answer yet: {}", sink, target, outcome.detail());
        }
    }

    void pause(Instant until) {
        pausedUntil = until;
    }

    Instant pausedUntil() {
        return pausedUntil;
    }

    /** Whether it took the last thing that it was sent, as far as that was its own fault. */
    boolean good() {
        return failures == 0 && !refused;
    }
}
