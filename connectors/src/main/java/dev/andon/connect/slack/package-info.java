/** Tells people, through the incoming webhooks of Slack or of what speaks like it. */
@NullMarked
package dev.andon.connect.slack;

import org.jspecify.annotations.NullMarked;
