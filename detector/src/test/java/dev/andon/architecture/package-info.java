/** The arrows between packages and the few calls that are kept out of most of them, as tests. */
@NullMarked
package dev.andon.architecture;

import org.jspecify.annotations.NullMarked;
