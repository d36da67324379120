@NullMarked
package dev.andon.architecture.broken.decide;

import org.jspecify.annotations.NullMarked;
