package dev.andon.http;

import dev.andon.domain.Mode;
import dev.andon.http.view.FleetView;
import dev.andon.service.StartException;
import dev.andon.service.config.HttpConfig;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.staticfiles.Location;
import java.net.BindException;
import java.time.Clock;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** The HTTP server: API, events, metrics, probes and console. Stops within a second, whoever listens. */
public final class HttpApi implements AutoCloseable {
    private static final int THREADS = 24;
    /** Scripts and styles of ours only, nothing inline, nothing framed, nothing sent elsewhere. */
    private static final String CONTENT_SECURITY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
                    + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private final Javalin server;
    private final EventStream events;
    private final String host;

    /**
     * What the API shows and whom it tells.
     *
     * @param metrics the registry as Prometheus text
     * @param mode of whatever no rule speaks of
     */
    public record Parts(
            FleetView view,
            EventHub events,
            Inbox inbox,
            Readiness readiness,
            Supplier<String> metrics,
            Mode mode,
            Clock clock) {}

    private HttpApi(Javalin server, EventStream events, String host) {
        this.server = server;
        this.events = events;
        this.host = host;
    }

    /** @throws StartException when the port is taken or the host is not one of this machine */
    public static HttpApi start(HttpConfig settings, Parts parts) {
        EventStream events = new EventStream(parts.events());
        Javalin server = Javalin.create(config -> configure(config, settings, parts, events));
        try {
            server.start();
        } catch (RuntimeException e) {
            server.stop();
            throw explained(settings, e);
        }
        return new HttpApi(server, events, settings.host());
    }

    private static void configure(JavalinConfig config, HttpConfig settings, Parts parts, EventStream events) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.startup.startupWatcherEnabled = false;
        config.jetty.host = settings.host();
        config.jetty.port = settings.port();
        config.jetty.threadPool = new QueuedThreadPool(THREADS, 4);
        // No grace: it would wait for idle connections. Whoever posts and gets no answer sends again.
        config.jetty.modifyServer(jetty -> jetty.setStopTimeout(0));
        config.jetty.modifyHttpConfiguration(http -> http.setSendServerVersion(false));
        config.http.maxRequestSize = Posted.MOST_BYTES;
        config.http.prefer405over404 = true;
        config.staticFiles.add(files -> {
            files.directory = "/dev/andon/console";
            files.location = Location.CLASSPATH;
        });
        config.routes.before(context -> context.header("Content-Security-Policy", CONTENT_SECURITY)
                .header("X-Content-Type-Options", "nosniff")
                .header("Referrer-Policy", "no-referrer"));
        Access access = new Access(settings);
        new RolloutRoutes(parts.view(), parts.inbox(), parts.readiness(), parts.clock())
                .register(config.routes, access);
        new FlaggerRoutes(parts.view(), parts.readiness(), parts.clock()).register(config.routes);
        new OverrideRoutes(parts.inbox(), parts.clock()).register(config.routes, access);
        new StateRoutes(parts.view(), parts.readiness(), parts.metrics(), parts.mode(), parts.clock())
                .register(config.routes, events);
        new ReportRoutes(parts.view(), parts.clock()).register(config.routes);
        new DecisionRoutes(parts.view()).register(config.routes);
        Problems.register(config.routes);
    }

    private static StartException explained(HttpConfig settings, RuntimeException e) {
        String where = settings.host() + ":" + settings.port();
        boolean taken = Stream.iterate((Throwable) e, t -> t != null, Throwable::getCause)
                .anyMatch(BindException.class::isInstance);
        if (taken || String.valueOf(e.getMessage()).contains("Port already in use")) {
            return new StartException(
                    "the HTTP address " + where
                            + " is taken or not of this machine; stop the program that uses it, or set http.port: 0 to pick a free port",
                    e);
        }
        return new StartException("the HTTP server did not start on " + where + ": " + e.getMessage(), e);
    }

    /** Returns the port it listens on. */
    public int port() {
        return server.port();
    }

    /** Returns e.g. {@code http://127.0.0.1:8080}. */
    public String url() {
        return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port();
    }

    @Override
    public void close() {
        events.close();
        server.stop();
    }
}
