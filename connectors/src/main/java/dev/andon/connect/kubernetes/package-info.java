/**
 * Halts rollouts through the API of the Kubernetes clusters that they are in, sees to it that the halt takes and stays,
 * and gives back what it changed when the signal is cleared.
 */
@NullMarked
package dev.andon.connect.kubernetes;

import org.jspecify.annotations.NullMarked;
