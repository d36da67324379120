package dev.andon.simulate;

import dev.andon.codec.JsonCodec;
import dev.andon.domain.RolloutEvent;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Tells Andon of rollout events as a CD system would: {@code POST /v1/rollouts} with a bearer token, one after another
 * in their order, away from the caller's thread. A refused event is counted and told, not repeated; one that met no
 * server is tried again.
 */
public final class RolloutPoster implements Consumer<RolloutEvent>, AutoCloseable {
    private static final int ATTEMPTS = 5;
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final URI url;
    private final String token;
    private final Consumer<String> problems;
    private final JsonCodec codec = new JsonCodec(field -> {});
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
    private final AtomicLong failed = new AtomicLong();
    private final ExecutorService sender = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "simulated-cd-events");
        thread.setDaemon(true);
        return thread;
    });

    /**
     * @param url of {@code /v1/rollouts}
     * @param token bearer token; never shown in a message
     * @param problems one sentence per event that was not taken
     */
    public RolloutPoster(URI url, String token, Consumer<String> problems) {
        this.url = url;
        this.token = token;
        this.problems = problems;
    }

    @Override
    public void accept(RolloutEvent event) {
        sender.execute(() -> post(event));
    }

    /** @return events that were not taken */
    public long failed() {
        return failed.get();
    }

    private void post(RolloutEvent event) {
        HttpRequest request = HttpRequest.newBuilder(url)
                .timeout(TIMEOUT)
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + token)
                .header("User-Agent", "andon-simulated-cd")
                .POST(HttpRequest.BodyPublishers.ofString(codec.write(event)))
                .build();
        String problem = "";
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            try {
                int status = client.send(request, HttpResponse.BodyHandlers.discarding())
                        .statusCode();
                if (status / 100 == 2) return;
                problem = "answered " + status;
                if (status / 100 == 4 && status != 429) break;
            } catch (IOException e) {
                problem = "did not answer: " + e;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
        failed.incrementAndGet();
        problems.accept(url + " " + problem + " to the " + event.phase() + " event of " + event.rolloutId());
    }

    @Override
    public void close() {
        sender.shutdownNow();
    }
}
