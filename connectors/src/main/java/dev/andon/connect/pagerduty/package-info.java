/** Pages through PagerDuty's Events API v2, and shows it rollouts as change events. */
@NullMarked
package dev.andon.connect.pagerduty;

import org.jspecify.annotations.NullMarked;
