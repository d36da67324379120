/** What integration tests run against: a broker of either kind, and tools that may or may not be installed. */
@NullMarked
package dev.andon.testing;

import org.jspecify.annotations.NullMarked;
