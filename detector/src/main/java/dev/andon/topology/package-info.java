/** The Kafka Streams application: processors that adapt and decide nothing; names of topics, stores and nodes. */
@NullMarked
package dev.andon.topology;

import org.jspecify.annotations.NullMarked;
