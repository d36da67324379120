/** Delivers signals to any HTTP endpoint, signed as the Standard Webhooks specification says. */
@NullMarked
package dev.andon.connect.webhook;

import org.jspecify.annotations.NullMarked;
