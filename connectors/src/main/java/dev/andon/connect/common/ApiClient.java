package dev.andon.connect.common;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.kafka.common.config.ConfigException;

/** Makes the client of one cluster. */
public final class ApiClient {
    private static final int CONNECT_MILLIS = 3_000;

    private ApiClient() {}

    /**
     * A client that asks once: trying again is for whoever asks.
     *
     * @param requestMillis longest time for one request, above 0
     * @throws ConfigException when a file cannot be read, naming the file and never its content
     */
    public static KubernetesClient of(ApiAccess access, int requestMillis) {
        Config config = new ConfigBuilder(base(access))
                .withUserAgent(Version.userAgent())
                .withConnectionTimeout(CONNECT_MILLIS)
                .withRequestTimeout(requestMillis)
                // Whoever asks waits; asking again is for the informers to decide.
                .withRequestRetryBackoffLimit(0)
                .build();
        return new KubernetesClientBuilder().withConfig(config).build();
    }

    private static Config base(ApiAccess access) {
        if (access.kubeconfig().isPresent()) {
            return Config.fromKubeconfig(read(access.kubeconfig().get()));
        }
        if (access.url().isEmpty()) {
            return Config.autoConfigure(null);
        }
        var config =
                new ConfigBuilder(Config.empty()).withMasterUrl(access.url().get());
        access.ca().ifPresent(file -> config.withCaCertFile(file.toString()));
        access.certificate().ifPresent(file -> config.withClientCertFile(file.toString()));
        access.key().ifPresent(file -> config.withClientKeyFile(file.toString()));
        access.token().ifPresent(token -> config.withOauthToken(token.value()));
        // Kubernetes renews such tokens every hour.
        access.tokenFile().ifPresent(file -> config.withOauthTokenProvider(() -> token(file)));
        return config.build();
    }

    /** Anything else would be refused as a header, with all of it in the message. */
    private static String token(Path file) {
        String token = read(file).strip();
        if (!BearerToken.TOKEN.matcher(token).matches()) {
            throw new ConfigException("the file " + file + " does not hold a token: a single line without blanks");
        }
        return token;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException | UncheckedIOException e) {
            throw new ConfigException(
                    "the file " + file + " cannot be read: " + e.getClass().getSimpleName());
        }
    }
}
