package dev.andon.connect.controlplane;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Says which pods of a namespace may become ready. A rollout goes on only when its new pods are ready, so a test decides by
 * this how far it goes, however fast or slow the machine is.
 */
public final class Gates implements AutoCloseable {
    /** The condition that {@link Workloads} makes their pods wait for. */
    static final String CONDITION = "andon.dev/open";

    private static final String OPEN =
            "{\"status\":{\"conditions\":[{\"type\":\"" + CONDITION + "\",\"status\":\"True\"}]}}";

    private final KubernetesClient client;
    private final Set<String> open = ConcurrentHashMap.newKeySet();
    private final SharedIndexInformer<Pod> pods;

    public Gates(ControlPlane plane, String namespace) {
        client = plane.client();
        // Looked at again every second: what could not be written while the apiserver was away is written then.
        pods = client.pods().inNamespace(namespace).inform(new Look(), 1_000);
    }

    /** From now on pods of this image become ready, those that wait included. */
    public void open(String image) {
        open.add(image);
        pods.getStore().list().forEach(this::look);
    }

    private void look(Pod pod) {
        boolean waits = pod.getStatus().getConditions().stream()
                .noneMatch(condition -> condition.getType().equals(CONDITION));
        if (!waits || !open.contains(pod.getSpec().getContainers().get(0).getImage())) {
            return;
        }
        try {
            client.pods()
                    .inNamespace(pod.getMetadata().getNamespace())
                    .withName(pod.getMetadata().getName())
                    .subresource("status")
                    .patch(PatchContext.of(PatchType.STRATEGIC_MERGE), OPEN);
        } catch (KubernetesClientException goneOrAway) {
            // The next look tells.
        }
    }

    @Override
    public void close() {
        pods.close();
    }

    private final class Look implements ResourceEventHandler<Pod> {
        @Override
        public void onAdd(Pod pod) {
            look(pod);
        }

        @Override
        public void onUpdate(Pod before, Pod pod) {
            look(pod);
        }

        @Override
        public void onDelete(Pod pod, boolean unknownFinalState) {
            // Nothing waits any more.
        }
    }
}
