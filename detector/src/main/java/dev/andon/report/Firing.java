package dev.andon.report;

import java.time.Instant;
import java.util.Optional;

/**
 * An alert of a rule in one cluster.
 *
 * @param time when it fired
 * @param until when it was over; absent when it still fired at the end
 */
record Firing(OperatorRule rule, String cluster, Instant time, Optional<Instant> until) {}
