/** One series: its ticks, its baseline and the sequential test for a change. Pure step functions. */
@NullMarked
package dev.andon.detect;

import org.jspecify.annotations.NullMarked;
