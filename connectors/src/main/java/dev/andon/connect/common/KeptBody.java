package dev.andon.connect.common;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import org.jspecify.annotations.Nullable;

/**
 * Reads an answer to its end, so that the connection can be used again, and keeps it up to a limit. Hangs up on an answer
 * that is longer than that.
 */
final class KeptBody implements BodySubscriber<byte[]> {
    private final CompletableFuture<byte[]> end = new CompletableFuture<>();
    private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
    private final long longestBytes;
    private final boolean keep;
    private @Nullable Subscription subscription;
    private long seenBytes;

    KeptBody(long longestBytes, boolean keep) {
        this.longestBytes = longestBytes;
        this.keep = keep;
    }

    @Override
    public CompletionStage<byte[]> getBody() {
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
            if (keep && seenBytes <= longestBytes) {
                byte[] bytes = new byte[buffer.remaining()];
                buffer.get(bytes);
                kept.writeBytes(bytes);
            }
        }
        if (seenBytes > longestBytes && subscription != null) {
            subscription.cancel();
            end.complete(new byte[0]);
        }
    }

    @Override
    public void onError(Throwable failure) {
        end.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
        end.complete(kept.toByteArray());
    }
}
