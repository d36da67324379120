@NullMarked
package dev.andon.stats;

import org.jspecify.annotations.NullMarked;
