package dev.andon.connect.controlplane;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.concurrent.atomic.AtomicInteger;

/** Heals Deployments as a GitOps controller does: what is not in Git, a pause, is taken back as soon as it is seen. */
public final class Reverting implements AutoCloseable {
    private static final String NOT_PAUSED = "{\"metadata\":{\"resourceVersion\":\"%s\"},\"spec\":{\"paused\":false}}";

    private final ControlPlane plane;
    private final int most;
    private final AtomicInteger times = new AtomicInteger();
    private final SharedIndexInformer<Deployment> informer;

    /** @param most times that it does so, then it is switched off */
    public Reverting(ControlPlane plane, String namespace, int most) {
        this.plane = plane;
        this.most = most;
        informer = plane.client().apps().deployments().inNamespace(namespace).inform(new Healing(), 0);
    }

    /** How often it has reverted something. */
    public int times() {
        return times.get();
    }

    @Override
    public void close() {
        informer.close();
    }

    private static String version(Deployment object) {
        return object.getMetadata().getResourceVersion();
    }

    private final class Healing implements ResourceEventHandler<Deployment> {
        @Override
        public void onAdd(Deployment object) {
            look(object);
        }

        @Override
        public void onUpdate(Deployment before, Deployment object) {
            look(object);
        }

        @Override
        public void onDelete(Deployment object, boolean unknownFinalState) {
            // Nothing is left to heal.
        }

        private void look(Deployment object) {
            if (!Boolean.TRUE.equals(object.getSpec().getPaused()) || times.get() >= most) {
                return;
            }
            try {
                plane.client()
                        .resource(object)
                        .patch(PatchContext.of(PatchType.JSON_MERGE), NOT_PAUSED.formatted(version(object)));
                times.incrementAndGet();
            } catch (KubernetesClientException changedMeanwhile) {
                // It is seen again in its newest version.
            }
        }
    }
}
