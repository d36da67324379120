@NullMarked
package dev.andon.decide;

import org.jspecify.annotations.NullMarked;
