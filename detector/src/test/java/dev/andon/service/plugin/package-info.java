/** Two small connectors that tests pack into a plugin: they must work without anything of the test class path. */
@NullMarked
package dev.andon.service.plugin;

import org.jspecify.annotations.NullMarked;
