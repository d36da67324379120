/** The dashboards and alert rules as files: that they are whole, and what a test needs to try them on a real Prometheus. */
@NullMarked
package dev.andon.dashboards;

import org.jspecify.annotations.NullMarked;
