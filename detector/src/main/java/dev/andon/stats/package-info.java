/** Numeric building blocks, and the only user of commons-math3. Knows no series, no clock and no I/O. */
@NullMarked
package dev.andon.stats;

import org.jspecify.annotations.NullMarked;
