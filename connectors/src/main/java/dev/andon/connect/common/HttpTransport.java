package dev.andon.connect.common;

import dev.andon.connect.common.Outcome.Reason;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.ResponseInfo;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Makes one request and says what came of it. Never retries, never follows a redirect (a signed signal goes to the
 * configured host and to no other), and never waits longer than the request timeout, whatever the receiver does.
 *
 * <p>The text of an answer is not read into any message: a receiver may echo what it was sent, secrets included.
 */
public final class HttpTransport {
    private static final long LONGEST_DISCARDED_BYTES = 64 * 1024;
    private static final long LONGEST_READ_BYTES = 4 * 1024 * 1024;

    private final HttpClient client;
    private final Duration requestTimeout;
    private final Clock clock;

    /**
     * A transport that trusts whom Java trusts.
     *
     * @param connectTimeout longest time to open a connection, above 0
     * @param requestTimeout longest time for the whole exchange, above 0
     * @param clock measures latency and reads Retry-After dates
     */
    public HttpTransport(Duration connectTimeout, Duration requestTimeout, Clock clock) {
        this(connectTimeout, requestTimeout, Optional.empty(), clock);
    }

    /**
     * A transport with its own trust.
     *
     * @param trust whom to trust and how to prove who we are; empty for Java's own
     */
    public HttpTransport(Duration connectTimeout, Duration requestTimeout, Optional<SSLContext> trust, Clock clock) {
        // HTTP/1.1: over plain http the client would otherwise ask for an upgrade that some receivers refuse.
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(connectTimeout);
        trust.ifPresent(builder::sslContext);
        this.client = builder.build();
        this.requestTimeout = requestTimeout;
        this.clock = clock;
    }

    /**
     * Posts the body once; what is answered is read and forgotten.
     *
     * @param headers sent as they are, beside the User-Agent
     */
    public Outcome post(URI uri, Map<String, String> headers, byte[] body) {
        return exchange(request("POST", uri, headers, body), false).outcome();
    }

    /**
     * Makes the request once and reads what is answered, up to 4 MiB.
     *
     * @param headers sent as they are, beside the User-Agent
     * @param body empty for none
     */
    public Answer exchange(String method, URI uri, Map<String, String> headers, byte[] body) {
        return exchange(request(method, uri, headers, body), true);
    }

    private HttpRequest request(String method, URI uri, Map<String, String> headers, byte[] body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                .timeout(requestTimeout)
                .method(
                        method,
                        body.length == 0
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofByteArray(body))
                .header("User-Agent", Version.userAgent());
        headers.forEach(request::setHeader);
        return request.build();
    }

    private Answer exchange(HttpRequest request, boolean keep) {
        Instant start = clock.instant();
        // Kept apart from the body: once the status is known it decides, even if the rest of the answer never ends.
        AtomicReference<@Nullable ResponseInfo> head = new AtomicReference<>();
        CompletableFuture<HttpResponse<byte[]>> answer = client.sendAsync(request, info -> {
            head.set(info);
            return new KeptBody(keep ? LONGEST_READ_BYTES : LONGEST_DISCARDED_BYTES, keep);
        });
        Throwable failure = null;
        String said = "";
        try {
            said = new String(
                    answer.get(requestTimeout.toMillis(), TimeUnit.MILLISECONDS).body(), StandardCharsets.UTF_8);
        } catch (ExecutionException e) {
            failure = e.getCause();
        } catch (TimeoutException e) {
            failure = e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            failure = e;
        } finally {
            answer.cancel(true);
        }
        Duration latency = Duration.between(start, clock.instant());
        ResponseInfo info = head.get();
        return new Answer(info != null ? answered(info, latency) : unanswered(failure, latency), said);
    }

    private Outcome answered(ResponseInfo info, Duration latency) {
        Optional<Duration> retryAfter =
                info.headers().firstValue("Retry-After").flatMap(value -> RetryAfter.parse(value, clock.instant()));
        return Outcome.ofStatus(info.statusCode(), latency, retryAfter);
    }

    private Outcome unanswered(@Nullable Throwable failure, Duration latency) {
        if (failure instanceof TimeoutException || failure instanceof HttpTimeoutException) {
            return Outcome.unanswered(Reason.TIMEOUT, latency, "no answer within " + requestTimeout.toMillis() + " ms");
        }
        if (failure instanceof SSLException) {
            return Outcome.unanswered(
                    Reason.TLS, latency, "no secure connection (" + name(failure) + "): check the certificates");
        }
        return Outcome.unanswered(
                Reason.UNREACHABLE, latency, "no answer (" + name(failure) + "): check that the receiver is up");
    }

    /** Only the kind of failure: its message may contain the URL. */
    private static String name(@Nullable Throwable failure) {
        return failure == null ? "unknown" : failure.getClass().getSimpleName();
    }

    /** Scheme, host and port: as much of a URL as may be shown, because its path and query may hold secrets. */
    public static String origin(URI uri) {
        return uri.getScheme() + "://" + uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort());
    }
}
