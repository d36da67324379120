/** Puts the product together: configuration, embedded broker and Connect worker, start and stop, health, metrics. */
@NullMarked
package dev.andon.service;

import org.jspecify.annotations.NullMarked;
