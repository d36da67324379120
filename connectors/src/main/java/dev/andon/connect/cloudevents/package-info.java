/** Tells of incidents as CDEvents in the CloudEvents binding for HTTP. */
@NullMarked
package dev.andon.connect.cloudevents;

import org.jspecify.annotations.NullMarked;
