@NullMarked
package dev.andon.connect.architecture.broken.pager;

import org.jspecify.annotations.NullMarked;
