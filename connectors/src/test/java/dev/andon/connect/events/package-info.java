@NullMarked
package dev.andon.connect.events;

import org.jspecify.annotations.NullMarked;
