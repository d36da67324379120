package dev.andon.connect.watch;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.informers.cache.ItemStore;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Remembers of each object only that it is there and in which version. The informer needs no more to tell what a new list
 * adds, changes and lacks, and a cluster has thousands of objects.
 */
final class TrimmedStore implements ItemStore<GenericKubernetesResource> {
    private final Map<String, GenericKubernetesResource> objects = new ConcurrentHashMap<>();

    @Override
    public String getKey(GenericKubernetesResource object) {
        ObjectMeta meta = object.getMetadata();
        return meta.getNamespace() + "/" + meta.getName();
    }

    @Override
    public @Nullable GenericKubernetesResource put(String key, GenericKubernetesResource object) {
        ObjectMeta meta = object.getMetadata();
        return objects.put(
                key,
                new GenericKubernetesResourceBuilder()
                        .withApiVersion(object.getApiVersion())
                        .withKind(object.getKind())
                        .withMetadata(new ObjectMetaBuilder()
                                .withNamespace(meta.getNamespace())
                                .withName(meta.getName())
                                .withUid(meta.getUid())
                                .withResourceVersion(meta.getResourceVersion())
                                .withLabels(meta.getLabels())
                                .build())
                        .build());
    }

    @Override
    public @Nullable GenericKubernetesResource remove(String key) {
        return objects.remove(key);
    }

    @Override
    public Stream<String> keySet() {
        return objects.keySet().stream();
    }

    @Override
    public Stream<GenericKubernetesResource> values() {
        return objects.values().stream();
    }

    @Override
    public int size() {
        return objects.size();
    }

    @Override
    public @Nullable GenericKubernetesResource get(String key) {
        return objects.get(key);
    }

    @Override
    public boolean isFullState() {
        return false;
    }
}
