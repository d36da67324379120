package dev.andon.connect.common;

import java.nio.file.Path;
import java.util.Optional;
import org.apache.kafka.common.config.types.Password;

/**
 * How to reach the API server of one cluster.
 *
 * @param url of it; from the kubeconfig file, or of the cluster this worker runs in, when empty
 * @param kubeconfig file
 * @param token never shown
 * @param tokenFile read again whenever it is used
 * @param ca that signs its certificate
 * @param certificate of the client
 * @param key of that certificate
 */
public record ApiAccess(
        Optional<String> url,
        Optional<Path> kubeconfig,
        Optional<Password> token,
        Optional<Path> tokenFile,
        Optional<Path> ca,
        Optional<Path> certificate,
        Optional<Path> key) {
    /** Nothing is said: the cluster this worker runs in. */
    public static final ApiAccess OF_THIS_CLUSTER = new ApiAccess(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
}
