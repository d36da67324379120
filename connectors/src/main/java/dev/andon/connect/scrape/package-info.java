/**
 * The Kafka Connect source that scrapes the metrics pages of API servers and DNS servers.
 *
 * <p>{@link dev.andon.connect.scrape.DeltaTracker} turns running totals into samples and is pure; the task around it
 * fetches, waits and reports.
 */
@NullMarked
package dev.andon.connect.scrape;

import org.jspecify.annotations.NullMarked;
