package dev.andon.connect.common;

import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import org.jspecify.annotations.Nullable;

/**
 * Reads an answer to its end, so that the connection can be used again, and forgets it. Hangs up on an answer that is
 * longer than anybody needs.
 */
final class DiscardedBody implements BodySubscriber<Boolean> {
    private static final long LONGEST_BYTES = 64 * 1024;

    private final CompletableFuture<Boolean> end = new CompletableFuture<>();
    private @Nullable Subscription subscription;
    private long seenBytes;

    @Override
    public CompletionStage<Boolean> getBody() {
        return end;
    }

    @Override
    public void onSubscribe(Subscription subscription) {
        this.subscription = subscription;
        subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        for (ByteBuffer buffer : buffers) {
            seenBytes += buffer.remaining();
        }
        if (seenBytes > LONGEST_BYTES && subscription != null) {
            subscription.cancel();
            end.complete(false);
        }
    }

    @Override
    public void onError(Throwable failure) {
        end.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
        end.complete(true);
    }
}
