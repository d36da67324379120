/** The file {@code andon.yaml}: read into immutable records, every problem reported at once with its place. */
@NullMarked
package dev.andon.service.config;

import org.jspecify.annotations.NullMarked;
