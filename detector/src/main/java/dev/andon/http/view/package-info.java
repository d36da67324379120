/** What is known now of clusters and rollouts, read from the topics: for the API, the console and the demo. Decides nothing. */
@NullMarked
package dev.andon.http.view;

import org.jspecify.annotations.NullMarked;
