package dev.andon.cli;

import dev.andon.http.view.Fleet;
import dev.andon.simulate.FleetStatus;
import java.time.Duration;
import java.time.Instant;

/**
 * All that the demo shows at one moment.
 *
 * @param title scenario, seed and what is special
 * @param addresses where to look while it runs
 * @param begin real time at which the scenario began
 * @param elapsed real time since then
 * @param length of the scenario in real time
 * @param fleet what Andon knows, read from its topics
 * @param status what the simulated CD system says
 */
record DemoFrame(
        String title,
        String addresses,
        Instant begin,
        Duration elapsed,
        Duration length,
        Fleet fleet,
        FleetStatus status) {}
