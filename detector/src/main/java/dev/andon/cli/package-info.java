/** The commands: results on stdout, everything else on stderr, exit codes 0 (done), 1 (failed), 2 (bad input), 3 (a HALT). */
@NullMarked
package dev.andon.cli;

import org.jspecify.annotations.NullMarked;
