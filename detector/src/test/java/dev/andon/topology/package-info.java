/** The topology in a test driver: synchronous, one partition, no broker. */
@NullMarked
package dev.andon.topology;

import org.jspecify.annotations.NullMarked;
