package dev.andon.connect.common;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.StandardHttpRequest;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class StalledAnswersTest {
    private static final HttpRequest LIST =
            new StandardHttpRequest.Builder().uri("http://api/list").build();
    private static final HttpRequest WATCH = new StandardHttpRequest.Builder()
            .uri("http://api/watch")
            .forStreaming()
            .build();

    private final Queue<Runnable> later = new ArrayDeque<>();
    private final StalledAnswers answers = new StalledAnswers(5_000, later::add);
    private final Body body = new Body();

    @Test
    void waitsForASlowAnswerAndGivesUpOneThatStops() throws Exception {
        AsyncBody.Consumer<List<ByteBuffer>> consumer = begun(LIST);
        consumer.consume(List.of(), body);
        pass();
        consumer.consume(List.of(), body);
        pass();
        assertThat(body.done).isNotDone();
        pass();

        assertThat(body.done)
                .isCompletedExceptionally()
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .withMessageContaining("the answer stopped half-way, for 5000 ms and more");
        assertThat(body.cancelled).isTrue();
        assertThat(later).isEmpty();
    }

    @Test
    void leavesAnAnswerAloneThatIsThere() {
        begun(LIST);
        body.done.complete(null);
        pass();

        assertThat(body.cancelled).isFalse();
        assertThat(later).isEmpty();
    }

    @Test
    void letsAWatchBeSilent() {
        begun(WATCH);

        assertThat(later).isEmpty();
    }

    /** The time of a silence goes by. */
    private void pass() {
        later.remove().run();
    }

    private AsyncBody.Consumer<List<ByteBuffer>> begun(HttpRequest request) {
        AsyncBody.Consumer<List<ByteBuffer>> consumer = answers.consumer((part, from) -> {}, request);
        answers.after(request, new Response(request, body), consumer);
        return consumer;
    }

    private static final class Body implements AsyncBody {
        private final CompletableFuture<Void> done = new CompletableFuture<>();
        private boolean cancelled;

        @Override
        public void consume() {
            // It comes when the test says so.
        }

        @Override
        public CompletableFuture<Void> done() {
            return done;
        }

        @Override
        public void cancel() {
            cancelled = true;
        }
    }

    private record Response(HttpRequest request, AsyncBody body) implements HttpResponse<AsyncBody> {
        @Override
        public int code() {
            return 200;
        }

        @Override
        public Optional<HttpResponse<?>> previousResponse() {
            return Optional.empty();
        }

        @Override
        public List<String> headers(String key) {
            return List.of();
        }

        @Override
        public Map<String, List<String>> headers() {
            return Map.of();
        }
    }
}
