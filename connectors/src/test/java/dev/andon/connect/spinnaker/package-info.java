/** Tests of the sink. */
@NullMarked
package dev.andon.connect.spinnaker;

import org.jspecify.annotations.NullMarked;
