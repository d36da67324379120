/** Fixtures of sinks, and the tests of what they share. */
@NullMarked
package dev.andon.connect.common;

import org.jspecify.annotations.NullMarked;
