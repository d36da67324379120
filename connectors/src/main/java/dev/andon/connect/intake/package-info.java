/**
 * Receives over HTTP what others push. A request that gives records is answered when Kafka has them, so that what was
 * answered with success is not lost; where there is no room the answer is 503, and the sender tries again.
 */
@NullMarked
package dev.andon.connect.intake;

import org.jspecify.annotations.NullMarked;
