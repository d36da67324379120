@NullMarked
package dev.andon.report;

import org.jspecify.annotations.NullMarked;
