/** The Kafka Connect source that asks a Prometheus server for what it has stored, as history and from then on. */
@NullMarked
package dev.andon.connect.query;

import org.jspecify.annotations.NullMarked;
