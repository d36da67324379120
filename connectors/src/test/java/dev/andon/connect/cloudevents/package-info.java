/** Tests of the sink. */
@NullMarked
package dev.andon.connect.cloudevents;

import org.jspecify.annotations.NullMarked;
