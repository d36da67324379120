package dev.andon.connect.common;

import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.Interceptor;
import io.fabric8.kubernetes.client.http.StandardHttpRequest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * Gives up an answer that has begun and does not go on. The timeout of a request ends with the first line of its answer:
 * without this, an API server that dies in the middle of a list would be waited for for ever. A slow answer may take as
 * long as it takes, and a watch may be silent.
 */
final class StalledAnswers implements Interceptor {
    private final int silenceMillis;
    private final Executor later;

    /** @param silenceMillis longest time between two parts of an answer, above 0 */
    StalledAnswers(int silenceMillis) {
        this(silenceMillis, CompletableFuture.delayedExecutor(silenceMillis, TimeUnit.MILLISECONDS));
    }

    /** @param later runs what it is given after so long */
    StalledAnswers(int silenceMillis, Executor later) {
        this.silenceMillis = silenceMillis;
        this.later = later;
    }

    @Override
    public AsyncBody.Consumer<List<ByteBuffer>> consumer(
            AsyncBody.Consumer<List<ByteBuffer>> consumer, HttpRequest request) {
        boolean watch = request instanceof StandardHttpRequest known && known.isForStreaming();
        return watch ? consumer : new Progress(consumer);
    }

    @Override
    public void after(HttpRequest request, HttpResponse<?> response, AsyncBody.Consumer<List<ByteBuffer>> consumer) {
        if (consumer instanceof Progress progress && response.body() instanceof AsyncBody body) {
            progress.follow(body);
        }
    }

    private final class Progress implements AsyncBody.Consumer<List<ByteBuffer>> {
        private final AsyncBody.Consumer<List<ByteBuffer>> consumer;
        private volatile boolean moved;

        private Progress(AsyncBody.Consumer<List<ByteBuffer>> consumer) {
            this.consumer = consumer;
        }

        @Override
        public void consume(List<ByteBuffer> part, AsyncBody body) throws Exception {
            moved = true;
            consumer.consume(part, body);
        }

        private void follow(AsyncBody body) {
            moved = false;
            later.execute(() -> check(body));
        }

        private void check(AsyncBody body) {
            if (body.done().isDone()) {
                return;
            }
            if (moved) {
                follow(body);
                return;
            }
            body.done()
                    .completeExceptionally(
                            new IOException("the answer stopped half-way, for " + silenceMillis + " ms and more"));
            body.cancel();
        }
    }
}
