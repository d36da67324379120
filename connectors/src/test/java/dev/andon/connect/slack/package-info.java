/** Tests of the sink. */
@NullMarked
package dev.andon.connect.slack;

import org.jspecify.annotations.NullMarked;
