@NullMarked
package dev.andon.connect.exposition;

import org.jspecify.annotations.NullMarked;
