/**
 * The Kafka Connect source that API servers send their audit events to. It says who is calling: requests and latency per
 * client and interval.
 */
@NullMarked
package dev.andon.connect.audit;

import org.jspecify.annotations.NullMarked;
