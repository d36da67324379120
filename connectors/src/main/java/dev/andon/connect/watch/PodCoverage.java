package dev.andon.connect.watch;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Counts the pods of a new DaemonSet that have begun to run. A new DaemonSet has no pacing and no old revision: its own
 * status says that all of its pods are of the new one while most of them are not there yet, and what has not started does
 * no harm yet. One that starts and crashes does.
 */
final class PodCoverage implements AutoCloseable {
    /** DaemonSets that are counted at once; further ones go by their status. */
    static final int MAX_SETS = 50;

    private final KubernetesClient client;
    private final Map<String, SharedIndexInformer<Pod>> byUid = new HashMap<>();

    PodCoverage(KubernetesClient client) {
        this.client = client;
    }

    /** Who wants to know. */
    interface Changed {
        /** Called by a thread of the client. */
        void now();
    }

    /** @return pods that have started; begins to count if it has not, and calls back when the number may have changed */
    synchronized long count(Seen set, Changed changed) {
        SharedIndexInformer<Pod> pods = byUid.get(set.uid());
        if (pods == null) {
            if (byUid.size() >= MAX_SETS || set.podLabels().isEmpty()) {
                return set.updated().orElse(0);
            }
            pods = client.pods()
                    .inNamespace(set.namespace())
                    .withLabels(set.podLabels())
                    .runnableInformer(0)
                    .exceptionHandler((started, failure) -> true);
            pods.addEventHandler(new Telling(changed));
            byUid.put(set.uid(), pods);
            var unused = pods.start();
        }
        return pods.getStore().list().stream()
                .filter(pod -> belongsTo(pod, set.uid()) && hasStarted(pod))
                .count();
    }

    synchronized void forget(String uid) {
        SharedIndexInformer<Pod> pods = byUid.remove(uid);
        if (pods != null) {
            pods.stop();
        }
    }

    @Override
    public synchronized void close() {
        byUid.values().forEach(SharedIndexInformer::stop);
        byUid.clear();
    }

    private static boolean belongsTo(Pod pod, String uid) {
        return pod.getMetadata().getOwnerReferences().stream().anyMatch(owner -> uid.equals(owner.getUid()));
    }

    private static boolean hasStarted(Pod pod) {
        if (pod.getStatus() == null) {
            return false;
        }
        List<ContainerStatus> containers = pod.getStatus().getContainerStatuses();
        return "Running".equals(pod.getStatus().getPhase())
                || containers.stream()
                        .anyMatch(container -> Boolean.TRUE.equals(container.getStarted())
                                || (container.getRestartCount() != null && container.getRestartCount() > 0));
    }

    private record Telling(Changed changed) implements ResourceEventHandler<Pod> {
        @Override
        public void onAdd(Pod pod) {
            changed.now();
        }

        @Override
        public void onUpdate(Pod before, Pod pod) {
            changed.now();
        }

        @Override
        public void onDelete(Pod pod, boolean unknownFinalState) {
            changed.now();
        }
    }
}
