/** What is written can be read, and what must not be read is refused. */
@NullMarked
package dev.andon.codec;

import org.jspecify.annotations.NullMarked;
