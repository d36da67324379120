package dev.andon.connect.intake;

import dev.andon.connect.common.Trust;
import dev.andon.connect.outlet.SourceMetrics;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.common.config.ConfigException;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Promise;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Listens, holds senders to the limits, and answers once Kafka has what a request gave. No thread waits meanwhile. */
final class IntakeServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(IntakeServer.class);
    private static final int MAX_THREADS = 12;
    private static final int MAX_CONNECTIONS = 1_000;

    private final Listening listening;
    private final Endpoint endpoint;
    private final Mailbox mailbox;
    private final SourceMetrics metrics;
    private final Server server;
    private final ServerConnector connector;

    IntakeServer(Listening listening, Endpoint endpoint, Mailbox mailbox, SourceMetrics metrics) {
        this.listening = listening;
        this.endpoint = endpoint;
        this.mailbox = mailbox;
        this.metrics = metrics;
        var threads = new QueuedThreadPool(MAX_THREADS, 2);
        threads.setName("andon-intake");
        threads.setDaemon(true);
        this.server = new Server(threads);
        this.connector = connector();
        server.addConnector(connector);
        server.addBean(new NetworkConnectionLimit(MAX_CONNECTIONS, server));
        server.setHandler(new Receiving());
    }

    private ServerConnector connector() {
        var http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setRequestHeaderSize(16 * 1024);
        var plain = new HttpConnectionFactory(http);
        ServerConnector made;
        if (listening.certificate().isPresent()) {
            http.addCustomizer(new SecureRequestCustomizer(false));
            var tls = new SslContextFactory.Server();
            tls.setSslContext(Trust.context(listening.clientCa(), listening.certificate(), listening.key()));
            tls.setNeedClientAuth(listening.clientCa().isPresent());
            made = new ServerConnector(server, 1, 1, new SslConnectionFactory(tls, "http/1.1"), plain);
        } else {
            made = new ServerConnector(server, 1, 1, plain);
        }
        made.setHost(listening.address());
        made.setPort(listening.port());
        made.setIdleTimeout(listening.timeout().toMillis() + 10_000);
        return made;
    }

    /** @throws ConfigException when it cannot listen there */
    void start() {
        try {
            server.start();
        } catch (Exception e) {
            stopQuietly();
            throw new ConfigException("cannot listen on " + listening.address() + ":" + listening.port() + " ("
                    + e.getMessage() + "); choose another listen.port or listen.address");
        }
        LOG.info("Listening on {}:{}", listening.address(), port());
    }

    int port() {
        return connector.getLocalPort();
    }

    @Override
    public void close() {
        stopQuietly();
    }

    private void stopQuietly() {
        try {
            server.stop();
        } catch (Exception e) {
            LOG.warn("The port {} was not closed in an orderly way", listening.port(), e);
        }
    }

    private final class Receiving extends Handler.Abstract {
        @Override
        public boolean handle(Request request, Response response, Callback callback) {
            var answering = new Answering(response, callback);
            String refusal = refusal(request);
            if (refusal != null) {
                answering.send(Reply.of(refusalStatus(refusal), refusal));
                return true;
            }
            if (!mailbox.hasRoom()) {
                answering.send(Reply.retry("Kafka is behind; try again"));
                return true;
            }
            var body = new CompletableFuture<byte[]>();
            Content.Source.asByteArrayAsync(request, listening.maxBodyBytes(), Promise.Invocable.toPromise(body));
            // A sender that trickles would hold memory for as long as it likes.
            var unused = body.orTimeout(listening.timeout().toMillis(), TimeUnit.MILLISECONDS)
                    .whenCompleteAsync(
                            (bytes, failure) -> {
                                if (failure == null) {
                                    receive(request, bytes, answering);
                                } else {
                                    answering.send(unreadable(failure));
                                }
                            },
                            server.getThreadPool());
            return true;
        }
    }

    private static final String NOT_POST = "send a POST";
    private static final String UNKNOWN = "the bearer token is missing or wrong";
    private static final String TOO_LARGE = "the body is too large";

    private @Nullable String refusal(Request request) {
        if (!"POST".equals(request.getMethod())) {
            return NOT_POST;
        }
        String authorization = request.getHeaders().get(HttpHeader.AUTHORIZATION);
        if (listening.token().isPresent()
                && !Secrets.authorizes(listening.token().get(), authorization == null ? "" : authorization)) {
            return UNKNOWN;
        }
        return request.getLength() > listening.maxBodyBytes() ? TOO_LARGE : null;
    }

    private static int refusalStatus(String refusal) {
        return switch (refusal) {
            case NOT_POST -> 405;
            case UNKNOWN -> 401;
            default -> 413;
        };
    }

    private Reply unreadable(Throwable failure) {
        if (failure instanceof TimeoutException) {
            return Reply.of(408, "the body did not arrive in time");
        }
        // What is longer than announced, or than allowed without having been announced, ends up here too.
        return Reply.of(
                413, "the body could not be received; it may have at most " + listening.maxBodyBytes() + " bytes");
    }

    private void receive(Request request, byte[] body, Answering answering) {
        Reply reply;
        try {
            reply = endpoint.receive(new Push(Request.getPathInContext(request), headers(request), body));
        } catch (RuntimeException fault) {
            LOG.error(
                    "A request to {} failed in an unexpected way; please report this",
                    Request.getPathInContext(request),
                    fault);
            answering.send(new Reply(
                    500, "an unexpected fault; see the log of the Connect worker", Map.of(), java.util.List.of()));
            return;
        }
        if (reply.records().isEmpty()) {
            answering.send(reply);
            return;
        }
        var written = new CompletableFuture<Boolean>();
        var unused = written.completeOnTimeout(false, listening.timeout().toMillis(), TimeUnit.MILLISECONDS)
                .thenAccept(inKafka ->
                        answering.send(inKafka ? reply : Reply.retry("Kafka did not take it in time; try again")));
        mailbox.put(reply.records(), written::complete);
    }

    private static Map<String, String> headers(Request request) {
        var headers = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        for (HttpField field : request.getHeaders()) {
            headers.putIfAbsent(field.getName(), field.getValue() == null ? "" : field.getValue());
        }
        return headers;
    }

    /** Answers once, whoever comes first. */
    private final class Answering {
        private final Response response;
        private final Callback callback;
        private final AtomicBoolean answered = new AtomicBoolean();

        private Answering(Response response, Callback callback) {
            this.response = response;
            this.callback = callback;
        }

        private void send(Reply reply) {
            if (!answered.compareAndSet(false, true)) {
                return;
            }
            metrics.add(
                    "requests-total",
                    "Requests by the status they were answered with.",
                    "status",
                    "" + reply.status(),
                    1);
            response.setStatus(reply.status());
            reply.headers().forEach((name, value) -> response.getHeaders().put(name, value));
            // Written even where it is empty: to end an answer without a write, from another thread, was seen to lose
            // it.
            String text = reply.status() == 204 ? "" : reply.message() + "\n";
            response.write(true, ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), callback);
        }
    }
}
