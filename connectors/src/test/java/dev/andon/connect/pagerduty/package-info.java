/** Tests of the sink. */
@NullMarked
package dev.andon.connect.pagerduty;

import org.jspecify.annotations.NullMarked;
