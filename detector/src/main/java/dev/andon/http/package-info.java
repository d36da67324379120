/** The HTTP API, the stream of events and the console: what Andon knows, and what it is told. */
@NullMarked
package dev.andon.http;

import org.jspecify.annotations.NullMarked;
