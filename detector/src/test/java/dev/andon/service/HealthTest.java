package dev.andon.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class HealthTest {
    @Test
    void isReadyWhenEverythingIsUp() {
        assertThat(of(Health.Status.UP)).isEqualTo("live ready");
    }

    @Test
    void isLiveButNotReadyWhileStateIsRestored() {
        assertThat(of(Health.Status.STARTING)).isEqualTo("live");
    }

    @Test
    void staysReadyWhenAConnectorHasFailedAndIsStartedAgain() {
        assertThat(of(Health.Status.DEGRADED)).isEqualTo("live ready");
    }

    @Test
    void isNotLiveWhenAPartIsBrokenForGood() {
        assertThat(of(Health.Status.DOWN)).isEmpty();
    }

    @Test
    void saysWhatThereIsToWaitForAndWhatIsBrokenForGood() {
        assertThat(health(Health.Status.STARTING).notReady()).contains("other: because");
        assertThat(health(Health.Status.STARTING).fatal()).isEmpty();
        assertThat(health(Health.Status.DOWN).fatal()).contains("other: because");
        assertThat(health(Health.Status.DEGRADED).notReady()).isEmpty();
    }

    private static Health health(Health.Status second) {
        return Health.of(List.of(Health.Component.up("broker"), Health.Component.of("other", second, "because")));
    }

    private static String of(Health.Status second) {
        Health health = health(second);
        return (health.live() ? "live " : "")
                .concat(health.ready() ? "ready" : "")
                .strip();
    }
}
