@NullMarked
package dev.andon.simulate;

import org.jspecify.annotations.NullMarked;
