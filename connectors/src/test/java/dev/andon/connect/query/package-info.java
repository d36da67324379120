@NullMarked
package dev.andon.connect.query;

import org.jspecify.annotations.NullMarked;
