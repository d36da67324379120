/** The words of the product as values: what is read, what is believed, what is said. Knows nothing but the JDK. */
@NullMarked
package dev.andon.domain;

import org.jspecify.annotations.NullMarked;
