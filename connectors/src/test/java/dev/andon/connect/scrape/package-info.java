@NullMarked
package dev.andon.connect.scrape;

import org.jspecify.annotations.NullMarked;
