package dev.andon.connect.common;

import static org.apache.kafka.common.config.ConfigDef.Importance.LOW;

import java.time.Duration;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Range;

/**
 * How long a halt may take, and how often one that took is looked at again.
 *
 * @param verifyTimeout after it a halt that has not been seen to take counts as failed
 * @param reassert how often a halt that took is looked at again
 */
public record HaltOptions(Duration verifyTimeout, Duration reassert) {
    public static final String VERIFY_TIMEOUT_MS = "verify.timeout.ms";
    public static final String REASSERT_MS = "reassert.ms";

    /**
     * Adds the options.
     *
     * @param who what could undo a halt, as in "... that undoes it"
     */
    public static void addTo(ConfigTable table, String who) {
        table.option(VERIFY_TIMEOUT_MS, ConfigDef.Type.LONG, 10_000L, Range.between(1_000, 600_000), LOW)
                .doc("Time that a halt has to take. With 10000 what still goes on 10 s after it was stopped is"
                        + " recorded as FAILED, not verified.");
        table.option(REASSERT_MS, ConfigDef.Type.LONG, 5_000L, Range.between(500, 600_000), LOW)
                .doc("How often a halt that took is looked at again, and renewed if something undid it. With 5000 "
                        + who + " that undoes it wins 5 s at most, and after 10 times Andon gives up loudly.");
    }

    /** Reads the options. */
    public static HaltOptions of(AbstractConfig config) {
        return new HaltOptions(
                Duration.ofMillis(config.getLong(VERIFY_TIMEOUT_MS)), Duration.ofMillis(config.getLong(REASSERT_MS)));
    }
}
