/** What a receiver sees of the webhook sink, over a real connection. */
@NullMarked
package dev.andon.connect.webhook;

import org.jspecify.annotations.NullMarked;
