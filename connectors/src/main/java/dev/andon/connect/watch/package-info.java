/**
 * The Kafka Connect source that watches rollouts in a Kubernetes cluster.
 *
 * <p>{@link dev.andon.connect.watch.Reading} says what an object shows, {@link dev.andon.connect.watch.Tracking} what has
 * changed since it was last seen (both pure), and {@link dev.andon.connect.watch.ClusterWatch} looks.
 */
@NullMarked
package dev.andon.connect.watch;

import org.jspecify.annotations.NullMarked;
