package dev.andon.connect.events;

import dev.andon.schema.Controller;
import dev.andon.schema.Phase;
import dev.andon.schema.RolloutEvent;
import dev.andon.schema.Workload;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a system told of a rollout, before it is known for which cluster.
 *
 * @param time of the event; when it was received where the system does not say
 * @param rolloutId the same in every cluster
 * @param cluster that the body names
 * @param workload that is changed
 * @param revision that it is changed to
 * @param updated units that run it
 * @param total units that will
 * @param identity as which its pods call the API server
 * @param controllerType of what spreads it
 * @param controllerReference how that calls it
 */
record Told(
        Optional<Instant> time,
        String rolloutId,
        Optional<String> cluster,
        Phase phase,
        Workload workload,
        Optional<String> revision,
        OptionalLong updated,
        OptionalLong total,
        Optional<String> identity,
        String controllerType,
        String controllerReference) {

    private static final int SHORT_REVISION = 12;

    /** An id from what names the change everywhere; the same for the same change. */
    static String id(String name, Optional<String> revision) {
        return revision.map(text -> name + "@" + shortened(text)).orElse(name);
    }

    private static String shortened(String revision) {
        String digest = revision.startsWith("sha256:") ? revision.substring("sha256:".length()) : revision;
        return digest.length() <= SHORT_REVISION || !digest.matches("[0-9a-f]+")
                ? digest
                : digest.substring(0, SHORT_REVISION);
    }

    static Workload workload(String kind, Optional<String> namespace, String name) {
        return Workload.newBuilder()
                .setKind(kind)
                .setNamespace(namespace.orElse(null))
                .setName(name)
                .build();
    }

    RolloutEvent event(String cluster, Instant received) {
        boolean counted = updated.isPresent() && total.isPresent() && updated.getAsLong() <= total.getAsLong();
        return RolloutEvent.newBuilder()
                .setTime(time.orElse(received))
                .setRolloutId(rolloutId)
                .setCluster(cluster)
                .setPhase(phase)
                .setWorkload(workload)
                .setRevision(revision.orElse(null))
                .setUpdated(counted ? (Long) updated.getAsLong() : null)
                .setTotal(counted ? (Long) total.getAsLong() : null)
                .setIdentity(identity.orElse(null))
                .setController(Controller.newBuilder()
                        .setType(controllerType)
                        .setReference(controllerReference)
                        .build())
                .build();
    }
}
