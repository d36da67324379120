@NullMarked
package dev.andon.connect.remotewrite;

import org.jspecify.annotations.NullMarked;
