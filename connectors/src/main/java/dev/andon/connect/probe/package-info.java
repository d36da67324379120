/**
 * The Kafka Connect source that asks DNS servers itself, past every cache: what workloads will be told once their caches
 * run out.
 */
@NullMarked
package dev.andon.connect.probe;

import org.jspecify.annotations.NullMarked;
