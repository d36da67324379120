/** Tests of the sink. */
@NullMarked
package dev.andon.connect.alertmanager;

import org.jspecify.annotations.NullMarked;
