/**
 * The Kafka Connect source that CD systems tell of their rollouts: one package, one translator per system, each a pure
 * function from what it sends to rollout events.
 */
@NullMarked
package dev.andon.connect.events;

import org.jspecify.annotations.NullMarked;
