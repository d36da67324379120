/**
 * The Kafka Connect source to which Prometheus servers, agents and collectors send what they scrape (remote write 1.0 and
 * 2.0).
 *
 * <p>{@link dev.andon.connect.remotewrite.BatchDecoder} knows the protocol, {@link
 * dev.andon.connect.remotewrite.Mapping} what a series means, and {@link dev.andon.connect.remotewrite.ServerTotals} puts
 * the scrapes of one server together again; the deltas are those of the scrape source.
 */
@NullMarked
package dev.andon.connect.remotewrite;

import org.jspecify.annotations.NullMarked;
