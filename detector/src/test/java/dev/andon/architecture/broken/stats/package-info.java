@NullMarked
package dev.andon.architecture.broken.stats;

import org.jspecify.annotations.NullMarked;
