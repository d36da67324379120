@NullMarked
package dev.andon.connect.audit;

import org.jspecify.annotations.NullMarked;
