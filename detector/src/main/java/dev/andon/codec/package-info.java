/** Avro, JSON and state bytes to domain values and back: the edge at which bad input is refused. */
@NullMarked
package dev.andon.codec;

import org.jspecify.annotations.NullMarked;
