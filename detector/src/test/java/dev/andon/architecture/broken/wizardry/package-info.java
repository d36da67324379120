@NullMarked
package dev.andon.architecture.broken.wizardry;

import org.jspecify.annotations.NullMarked;
