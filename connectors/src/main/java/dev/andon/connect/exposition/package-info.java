/**
 * Reads Prometheus exposition pages, protobuf and text, and keeps only the metrics that were asked for.
 *
 * <p>Knows neither HTTP nor Kafka: bytes in, {@link dev.andon.connect.exposition.Page} out.
 */
@NullMarked
package dev.andon.connect.exposition;

import org.jspecify.annotations.NullMarked;
