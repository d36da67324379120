package dev.andon.connect.common;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.kafka.common.config.ConfigException;

/** Makes the client of one cluster. */
public final class ApiClient {
    private static final int CONNECT_MILLIS = 3_000;
    private static final int FIRST_PAUSE_MILLIS = 1_000;
    private static final int MOST_DOUBLINGS = 5;

    private ApiClient() {}

    /**
     * A client that asks once: trying again is for whoever asks. Its informers list and watch again for as long as it takes,
     * after 1 s, then 2 s, and so on up to 32 s.
     *
     * @param requestMillis longest time to wait for an answer, and then for each further part of it, above 0
     * @throws ConfigException when a file cannot be read, naming the file and never its content
     */
    public static KubernetesClient of(ApiAccess access, int requestMillis) {
        return of(access, requestMillis, FIRST_PAUSE_MILLIS);
    }

    /** @param firstPauseMillis pause before an informer asks again for the first time, above 0 */
    public static KubernetesClient of(ApiAccess access, int requestMillis, int firstPauseMillis) {
        Config config = new ConfigBuilder(base(access))
                .withUserAgent(Version.userAgent())
                .withConnectionTimeout(CONNECT_MILLIS)
                .withRequestTimeout(requestMillis)
                // Whoever asks waits; asking again is for the informers to decide.
                .withRequestRetryBackoffLimit(0)
                .withWatchReconnectInterval(firstPauseMillis)
                .build();
        return new KubernetesClientBuilder()
                .withConfig(config)
                .withHttpClientBuilderConsumer(
                        http -> http.addOrReplaceInterceptor("STALLED_ANSWERS", new StalledAnswers(requestMillis)))
                .build();
    }

    /** @return the longest pause of informers whose first one is so long: the client doubles it that often and no more */
    public static Duration longestPause(int firstPauseMillis) {
        return Duration.ofMillis(firstPauseMillis).multipliedBy(1L << MOST_DOUBLINGS);
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
