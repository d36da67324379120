package dev.andon.connect.argocd;

import dev.andon.connect.common.KubernetesName;
import java.util.Optional;

/**
 * What an application is called.
 *
 * @param namespace where it is not that of Argo CD itself
 */
record ApplicationName(Optional<String> namespace, String name) {
    /**
     * Reads {@code name} or {@code namespace/name}.
     *
     * @throws IllegalArgumentException when no application could be called so: it must not become part of a path
     */
    static ApplicationName of(String reference) {
        int slash = reference.indexOf('/');
        Optional<String> namespace = slash < 0 ? Optional.empty() : Optional.of(reference.substring(0, slash));
        String name = reference.substring(slash + 1);
        if (!KubernetesName.fits(name) || !namespace.map(KubernetesName::fits).orElse(true)) {
            throw new IllegalArgumentException(
                    KubernetesName.shown(reference) + " is no name that an application of Argo CD could have");
        }
        return new ApplicationName(namespace, name);
    }

    /** The part of an address that names it. */
    String path(String below) {
        return "/api/v1/applications/" + name + below
                + namespace.map(text -> "?appNamespace=" + text).orElse("");
    }

    @Override
    public String toString() {
        return "application " + namespace.map(text -> text + "/").orElse("") + name;
    }
}
