@NullMarked
package dev.andon.http.view;

import org.jspecify.annotations.NullMarked;
