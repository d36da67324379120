package dev.andon.connect.controlplane;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where the programs of Kubernetes are.
 *
 * @param folder that holds all of them
 */
record Programs(Path folder) {
    private static final String SETTING = "ANDON_KUBERNETES";

    static final String MISSING = SETTING + " names no folder with the programs of Kubernetes; set it to the one that"
            + " .ci/kubernetes/build prints";

    private static final List<String> ALL =
            List.of("etcd", "kube-apiserver", "kube-controller-manager", "kube-scheduler", "kubemark");

    /** Where the programs are; empty where a test must be skipped. With {@code ANDON_CI=true} that is a failure. */
    static Optional<Programs> find() {
        Path folder = Path.of(System.getenv().getOrDefault(SETTING, ""));
        boolean found = folder.isAbsolute() && ALL.stream().map(folder::resolve).allMatch(Files::isExecutable);
        if (!found && "true".equals(System.getenv("ANDON_CI"))) {
            throw new IllegalStateException(MISSING + ", and with ANDON_CI=true that is a failure");
        }
        return found ? Optional.of(new Programs(folder)) : Optional.empty();
    }

    String path(String program) {
        return folder.resolve(program).toString();
    }
}
