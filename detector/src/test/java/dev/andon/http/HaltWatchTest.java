package dev.andon.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.andon.domain.Action;
import dev.andon.domain.Delivery;
import dev.andon.domain.Phase;
import dev.andon.domain.Signal;
import dev.andon.http.view.FleetView;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class HaltWatchTest {
    private static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");

    private static final Signal HALT = Facts.signal(Action.HALT, T0.plusSeconds(1));

    private final FleetView view = new FleetView();
    private final HaltWatch watch = new HaltWatch();

    @Test
    void aHaltIsUnverifiedUntilASinkHasSeenItTake() {
        view.accept(Facts.event(T0, Phase.PROGRESSING, 310));
        assertThat(unverified()).isEqualTo(HaltWatch.Unverified.NONE);
        view.accept(HALT);
        watch.accept(delivery(Delivery.Status.ACKNOWLEDGED));
        assertThat(unverified()).isEqualTo(new HaltWatch.Unverified(1, Duration.ofSeconds(90)));
        watch.accept(delivery(Delivery.Status.VERIFIED));
        assertThat(unverified()).isEqualTo(HaltWatch.Unverified.NONE);
    }

    @Test
    void aRolloutThatSaysItHasStoppedNeedsNoSinkToSaySo() {
        view.accept(Facts.event(T0, Phase.PROGRESSING, 310));
        view.accept(HALT);
        view.accept(Facts.event(T0.plusSeconds(5), Phase.PAUSED, 310));
        assertThat(unverified()).isEqualTo(HaltWatch.Unverified.NONE);
    }

    private HaltWatch.Unverified unverified() {
        return watch.among(view.now().rollouts(), T0.plusSeconds(91));
    }

    private static Delivery delivery(Delivery.Status status) {
        return new Delivery(
                T0.plusSeconds(2),
                HALT.signalId(),
                Optional.empty(),
                "cd",
                "https://cd.example",
                status,
                1,
                OptionalInt.of(200),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}
