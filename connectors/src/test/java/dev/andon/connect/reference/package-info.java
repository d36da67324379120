/** Holds the reference pages of the connectors to the options that the code declares. */
@NullMarked
package dev.andon.connect.reference;

import org.jspecify.annotations.NullMarked;
