@NullMarked
package dev.andon.connect.architecture.broken.webhook;

import org.jspecify.annotations.NullMarked;
