/** What connectors may depend on, as tests. */
@NullMarked
package dev.andon.connect.architecture;

import org.jspecify.annotations.NullMarked;
