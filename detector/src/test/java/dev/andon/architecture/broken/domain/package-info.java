@NullMarked
package dev.andon.architecture.broken.domain;

import org.jspecify.annotations.NullMarked;
