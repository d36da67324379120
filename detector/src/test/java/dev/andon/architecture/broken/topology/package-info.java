@NullMarked
package dev.andon.architecture.broken.topology;

import org.jspecify.annotations.NullMarked;
