@NullMarked
package dev.andon.domain;

import org.jspecify.annotations.NullMarked;
