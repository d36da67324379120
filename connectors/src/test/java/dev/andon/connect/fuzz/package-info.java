@NullMarked
package dev.andon.connect.fuzz;

import org.jspecify.annotations.NullMarked;
