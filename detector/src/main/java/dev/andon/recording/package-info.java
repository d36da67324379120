/** Reads, writes and replays recordings: folders of JSON Lines that hold what was seen. */
@NullMarked
package dev.andon.recording;

import org.jspecify.annotations.NullMarked;
