@NullMarked
package dev.andon.architecture.broken.detect;

import org.jspecify.annotations.NullMarked;
