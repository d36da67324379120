package dev.andon.http;

import dev.andon.domain.Mode;
import dev.andon.http.view.FleetView;
import dev.andon.service.AndonService;
import dev.andon.topology.Topics;
import java.time.Clock;
import java.time.Instant;

/** The HTTP side of a running service: what is posted goes to its topics, what is shown is read from them. */
public final class HttpInterface implements AutoCloseable {
    private final FleetView view;
    private final KafkaInbox inbox;
    private final FleetFeed feed;
    private final HttpApi api;

    private HttpInterface(FleetView view, KafkaInbox inbox, FleetFeed feed, HttpApi api) {
        this.view = view;
        this.inbox = inbox;
        this.feed = feed;
        this.api = api;
    }

    /** @throws dev.andon.service.StartException when the port is taken */
    public static HttpInterface open(AndonService service, Clock clock) {
        Topics topics = service.config().kafka().topics();
        FleetView view = new FleetView();
        EventHub events = new EventHub();
        KafkaInbox inbox = KafkaInbox.open(service.bootstrapServers(), service.clients(), topics);
        FleetMeters meters =
                FleetMeters.register(view, service.metrics(), service.config().mode() == Mode.ENFORCE, clock);
        FleetFeed feed =
                FleetFeed.start(service.bootstrapServers(), service.clients(), topics, view, events, meters, clock);
        try {
            HttpApi api = HttpApi.start(
                    service.config().http(),
                    new HttpApi.Parts(
                            view,
                            events,
                            inbox,
                            new ServiceReadiness(service, feed),
                            () -> service.metrics().scrape(),
                            service.config().mode(),
                            clock));
            return new HttpInterface(view, inbox, feed, api);
        } catch (RuntimeException | Error e) {
            feed.close();
            inbox.close();
            throw e;
        }
    }

    /** Returns what is known now. */
    public FleetView view() {
        return view;
    }

    /** Returns e.g. {@code http://127.0.0.1:8080}. */
    public String url() {
        return api.url();
    }

    /** Returns whether everything that was stored when it was opened has been read. */
    public boolean current() {
        return feed.currentAsOf().isAfter(Instant.EPOCH);
    }

    @Override
    public void close() {
        api.close();
        feed.close();
        inbox.close();
    }
}
