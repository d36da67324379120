@NullMarked
package dev.andon.detect;

import org.jspecify.annotations.NullMarked;
