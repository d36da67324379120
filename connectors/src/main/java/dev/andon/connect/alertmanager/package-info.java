/** Keeps alerts firing in Prometheus Alertmanagers for as long as signals stand. */
@NullMarked
package dev.andon.connect.alertmanager;

import org.jspecify.annotations.NullMarked;
