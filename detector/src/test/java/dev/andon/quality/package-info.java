/** Programs that measure how well Andon detects, blames and keeps still; they write {@code docs/quality.md}. */
@NullMarked
package dev.andon.quality;

import org.jspecify.annotations.NullMarked;
