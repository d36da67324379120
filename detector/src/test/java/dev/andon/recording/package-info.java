@NullMarked
package dev.andon.recording;

import org.jspecify.annotations.NullMarked;
