/** The console in a real browser: against a stage with known contents, and against the real demo. */
@org.jspecify.annotations.NullMarked
package dev.andon.console;
