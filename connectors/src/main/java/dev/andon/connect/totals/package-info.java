/**
 * Turns running totals of API servers and DNS servers into samples of intervals. Pure: no clock, no I/O, no Kafka.
 *
 * <p>Used by every source that is given totals: one that scrapes pages itself, and one that a Prometheus sends them to.
 */
@NullMarked
package dev.andon.connect.totals;

import org.jspecify.annotations.NullMarked;
