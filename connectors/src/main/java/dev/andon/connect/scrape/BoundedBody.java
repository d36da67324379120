package dev.andon.connect.scrape;

import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import org.jspecify.annotations.Nullable;

/** Collects an answer and stops listening once it is larger than allowed. */
final class BoundedBody implements BodySubscriber<BoundedBody.Content> {
    private final int maxBytes;
    private final CompletableFuture<Content> content = new CompletableFuture<>();
    private final List<ByteBuffer> received = new ArrayList<>();
    private @Nullable Subscription subscription;
    private int size;

    /**
     * What was received.
     *
     * @param bytes at most as many as allowed
     * @param tooLarge whether there was more
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared; copying a page of megabytes would double its cost
    record Content(byte[] bytes, boolean tooLarge) {}

    BoundedBody(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    @Override
    public CompletionStage<Content> getBody() {
        return content;
    }

    @Override
    public void onSubscribe(Subscription subscription) {
        this.subscription = subscription;
        subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        for (ByteBuffer buffer : buffers) {
            if (content.isDone()) {
                return;
            }
            int room = maxBytes - size;
            if (buffer.remaining() > room) {
                received.add(buffer.slice(buffer.position(), room));
                size += room;
                finish(true);
                return;
            }
            received.add(buffer);
            size += buffer.remaining();
        }
    }

    @Override
    public void onError(Throwable failure) {
        content.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
        if (!content.isDone()) {
            finish(false);
        }
    }

    private void finish(boolean tooLarge) {
        var bytes = new byte[size];
        int at = 0;
        for (ByteBuffer buffer : received) {
            int length = buffer.remaining();
            buffer.get(bytes, at, length);
            at += length;
        }
        received.clear();
        if (tooLarge && subscription != null) {
            subscription.cancel();
        }
        content.complete(new Content(bytes, tooLarge));
    }
}
