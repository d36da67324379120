/**
 * What sinks share: one HTTP attempt and its outcome, the lane in which signals wait for a receiver, retries, pauses and
 * deadlines, a second path, and the record of deliveries. A sink adds its options and a {@link
 * dev.andon.connect.common.Sender}.
 */
@NullMarked
package dev.andon.connect.common;

import org.jspecify.annotations.NullMarked;
