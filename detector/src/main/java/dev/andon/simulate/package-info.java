/**
 * Simulated clusters, incidents and CD system, for the demo, the tests and the quality tables.
 *
 * <p>The core ({@code SimulatedCluster}, {@code CdSystem}, {@code ScenarioRun}) is pure: no clock, no I/O, every
 * random number from a seed, so that one seed is one history. The edges that serve it over HTTP or write it to files
 * stand around it.
 */
@NullMarked
package dev.andon.simulate;

import org.jspecify.annotations.NullMarked;
