package dev.andon.connect.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Fuzz target: what stands in the ConfigMap of a DNS server. */
public final class CorefileFuzz {
    private CorefileFuzz() {}

    /** Called by the fuzzer. */
    public static void fuzzerTestOneInput(byte[] text) {
        try {
            DnsCaching.of(new String(text, StandardCharsets.UTF_8)).ifPresent(caching -> {
                assertThat(caching.beyondTtl()).isBetween(Duration.ZERO, caching.longest());
                // What a long of seconds must hold, of a whole chain.
                assertThat(caching.longest().toSeconds()).isLessThanOrEqualTo(2L * Integer.MAX_VALUE);
            });
        } catch (RefusedException refused) {
            assertThat(refused).hasMessageMatching("(?s).{5,400}");
        }
    }
}
