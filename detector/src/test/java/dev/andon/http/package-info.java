@NullMarked
package dev.andon.http;

import org.jspecify.annotations.NullMarked;
