/** Stops executions of Spinnaker pipelines through Gate, and lets those go on that were paused when the signal is cleared. */
@NullMarked
package dev.andon.connect.spinnaker;

import org.jspecify.annotations.NullMarked;
