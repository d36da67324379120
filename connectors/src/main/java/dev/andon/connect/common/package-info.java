/** What sinks share: one HTTP attempt and its outcome, progress through a batch, retries, and the log of deliveries. */
@NullMarked
package dev.andon.connect.common;

import org.jspecify.annotations.NullMarked;
