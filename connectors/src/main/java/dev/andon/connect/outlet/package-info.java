/** What every source hands to Connect: samples and rollout events in Avro, dead letters with a reason, metrics. */
@NullMarked
package dev.andon.connect.outlet;

import org.jspecify.annotations.NullMarked;
