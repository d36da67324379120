package dev.andon.connect.watch;

import dev.andon.connect.common.KubernetesName;
import java.util.Optional;

/** Where a ConfigMap is. */
record ConfigMapName(String namespace, String name) {
    /** @return empty when the text is not {@code namespace/name} */
    static Optional<ConfigMapName> of(String text) {
        int slash = text.indexOf('/');
        String namespace = text.substring(0, Math.max(0, slash));
        String name = text.substring(slash + 1);
        return KubernetesName.fits(namespace) && KubernetesName.fits(name)
                ? Optional.of(new ConfigMapName(namespace, name))
                : Optional.empty();
    }

    @Override
    public String toString() {
        return namespace + "/" + name;
    }
}
