@NullMarked
package dev.andon.connect.totals;

import org.jspecify.annotations.NullMarked;
