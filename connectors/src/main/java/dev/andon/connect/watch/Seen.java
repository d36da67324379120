package dev.andon.connect.watch;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What one object shows at one moment.
 *
 * @param kind of the object
 * @param namespace it is in
 * @param name within the namespace
 * @param uid of this very object, not of a later one with its name
 * @param created when that was
 * @param rolloutName what names the change in every cluster; {@code namespace/name} unless an annotation says otherwise
 * @param revision that is being spread
 * @param state how it is going
 * @param updated units that run the revision; empty when the controller has not looked yet
 * @param total units that will
 * @param identity user name of its pods, where it has pods
 * @param controllerType of what spreads it
 * @param podLabels by which its pods are found; only for a DaemonSet
 */
record Seen(
        WatchedKind kind,
        String namespace,
        String name,
        String uid,
        Optional<Instant> created,
        String rolloutName,
        String revision,
        State state,
        OptionalLong updated,
        OptionalLong total,
        Optional<String> identity,
        String controllerType,
        Map<String, String> podLabels) {

    /** How it is going, as the object shows it. */
    enum State {
        /** Nothing is updated yet, or the controller has not looked yet. */
        PENDING,
        SPREADING,
        PAUSED,
        DONE,
        ABORTED,
        ROLLED_BACK
    }

    /** @return the same with coverage that was counted otherwise */
    Seen covering(long counted) {
        long all = total.orElse(counted);
        long covered = Math.min(counted, all);
        State now = state == State.DONE || state == State.SPREADING || state == State.PENDING
                ? covered >= all ? State.DONE : State.SPREADING
                : state;
        return new Seen(
                kind,
                namespace,
                name,
                uid,
                created,
                rolloutName,
                revision,
                now,
                OptionalLong.of(covered),
                total,
                identity,
                controllerType,
                podLabels);
    }

    String id() {
        return kind.kind() + "/" + namespace + "/" + name;
    }
}
