package dev.andon.simulate;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * The only place in which simulated time and real time meet. Simulated time runs {@code speed} times as fast as the
 * clock; whatever leaves the simulation (pages, rollout events) carries real time.
 *
 * @param begin real time at which the scenario begins
 * @param speed simulated seconds per real second, {@code > 0}
 */
public record SimulationClock(Clock clock, Instant begin, double speed) {
    public SimulationClock {
        if (!(speed > 0 && speed <= 1_000)) {
            throw new IllegalArgumentException("speed must be in (0, 1000] but was " + speed);
        }
    }

    /** @return a clock whose scenario begins now */
    public static SimulationClock startingNow(Clock clock, double speed) {
        return new SimulationClock(clock, clock.instant(), speed);
    }

    /** @return simulated time since the start of the scenario; negative before it */
    Duration elapsed() {
        return elapsedAt(clock.instant());
    }

    /** @return the simulated time of a real one, for times that come from outside, such as the end of a HOLD */
    Duration elapsedAt(Instant real) {
        return Duration.ofMillis(Math.round(Duration.between(begin, real).toMillis() * speed));
    }

    /** @return the real time of a simulated one */
    Instant real(Duration elapsed) {
        return begin.plus(lasting(elapsed));
    }

    /** @return how long a simulated duration really takes */
    public Duration lasting(Duration simulated) {
        return Duration.ofMillis(Math.round(simulated.toMillis() / speed));
    }
}
