package dev.andon.http;

import io.javalin.http.sse.SseClient;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Server-sent events. Every listener has a queue and a thread of its own, so that a slow one holds up nobody; one that falls
 * too far behind is cut off and comes back, as browsers do by themselves.
 */
final class EventStream implements AutoCloseable {
    private static final int MOST_LISTENERS = 64;
    private static final int MOST_WAITING = 1_000;
    private static final int HEARTBEAT_SECONDS = 10;
    private static final int GOODBYE_MILLIS = 1_000;

    private final EventHub hub;
    private final Set<Listener> listeners = ConcurrentHashMap.newKeySet();

    EventStream(EventHub hub) {
        this.hub = hub;
    }

    void accept(SseClient client) {
        if (listeners.size() >= MOST_LISTENERS) {
            client.sendComment("too many listeners, try again later");
            client.close();
            return;
        }
        client.keepAlive();
        Listener listener = new Listener(client);
        listeners.add(listener);
        client.onClose(listener::end);
        hub.listen(listener);
        Thread writer = new Thread(listener, "events");
        writer.setDaemon(true);
        writer.start();
    }

    /** Ends every stream, and waits for it: a response that is still written to must not outlive its server. */
    @Override
    public void close() {
        List<Listener> all = List.copyOf(listeners);
        all.forEach(Listener::end);
        try {
            for (Listener listener : all) listener.gone.await(GOODBYE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private final class Listener implements Runnable, Consumer<EventHub.Event> {
        private static final EventHub.Event END = new EventHub.Event("", "");

        private final SseClient client;
        private final BlockingQueue<EventHub.Event> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
        private final CountDownLatch gone = new CountDownLatch(1);
        private volatile boolean ended;

        Listener(SseClient client) {
            this.client = client;
        }

        @Override
        public void accept(EventHub.Event event) {
            if (!waiting.offer(event)) end();
        }

        @Override
        public void run() {
            try {
                client.sendComment("listening");
                while (!ended) writeNext(waiting.poll(HEARTBEAT_SECONDS, TimeUnit.SECONDS));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                hub.leave(this);
                listeners.remove(this);
                client.close();
                gone.countDown();
            }
        }

        private void writeNext(EventHub.@Nullable Event event) {
            if (event == null) {
                // Also finds out that the other side has gone.
                client.sendComment("alive");
            } else if (!event.equals(END)) {
                client.sendEvent(event.name(), event.data());
            }
        }

        void end() {
            ended = true;
            waiting.clear();
            waiting.add(END);
        }
    }
}
