@NullMarked
package dev.andon.connect.outlet;

import org.jspecify.annotations.NullMarked;
