@NullMarked
package dev.andon.connect.watch;

import org.jspecify.annotations.NullMarked;
