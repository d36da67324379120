@NullMarked
package dev.andon.connect.probe;

import org.jspecify.annotations.NullMarked;
