@NullMarked
package dev.andon.connect.intake;

import org.jspecify.annotations.NullMarked;
