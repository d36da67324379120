package dev.andon.connect.scrape;

import dev.andon.connect.common.Trust;
import dev.andon.connect.common.Version;
import dev.andon.connect.exposition.Format;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Makes one request at a time per call, without blocking, and says what came of it. Never retries or redirects. */
final class PageFetcher {
    private final HttpClient client;
    private final ScrapeSettings settings;

    PageFetcher(ScrapeSettings settings, Executor executor) {
        this.settings = settings;
        // HTTP/1.1: over plain http the client would otherwise ask for an upgrade that some servers refuse.
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(settings.timeout())
                .sslContext(trust(settings.access()))
                .executor(executor)
                .build();
    }

    private static SSLContext trust(ScrapeSettings.Access access) {
        return Trust.context(access.ca(), access.certificate(), access.key());
    }

    /** @return completes within the timeout, and never exceptionally */
    CompletableFuture<Fetched> fetch(Target target) {
        HttpRequest.Builder request = HttpRequest.newBuilder(target.url())
                .header("Accept", Format.ACCEPT)
                .header("Accept-Encoding", "gzip")
                .header("User-Agent", Version.userAgent());
        try {
            token(target).ifPresent(token -> request.header("Authorization", "Bearer " + token));
        } catch (IOException e) {
            return refused("the bearer token file cannot be read (" + e + "); check its path");
        } catch (IllegalArgumentException e) { // whose message quotes the header
            return refused("the bearer token holds a character that a header may not; check that it is one line");
        }
        var exchange = client.sendAsync(request.build(), head -> new BoundedBody(settings.maxPageBytes()));
        cancelLater(exchange, settings.timeout());
        return exchange.thenApply(this::answered).exceptionally(this::unanswered);
    }

    private static CompletableFuture<Fetched> refused(String message) {
        return CompletableFuture.completedFuture(new Fetched.Failed(FetchFailure.UNAUTHORIZED, message));
    }

    /** The client's own timeout ends with the head of the answer; a body that trickles in would never end. */
    private static void cancelLater(CompletableFuture<?> exchange, Duration timeout) {
        CompletableFuture.delayedExecutor(timeout.toMillis(), TimeUnit.MILLISECONDS)
                .execute(() -> exchange.cancel(true));
    }

    private Fetched answered(HttpResponse<BoundedBody.Content> answer) {
        int status = answer.statusCode();
        if (status == 401 || status == 403) {
            return new Fetched.Failed(
                    FetchFailure.UNAUTHORIZED,
                    "answered " + status + "; the token or certificate needs the right to get /metrics");
        }
        if (status != 200) {
            return new Fetched.Failed(FetchFailure.HTTP_STATUS, "answered " + status + "; expected 200");
        }
        return new Fetched.Body(
                answer.body().bytes(),
                answer.body().tooLarge(),
                answer.headers().firstValue("Content-Type").orElse(""),
                answer.headers().firstValue("Content-Encoding").orElse(""));
    }

    private Fetched unanswered(Throwable thrown) {
        Throwable failure =
                thrown instanceof CompletionException && thrown.getCause() != null ? thrown.getCause() : thrown;
        if (failure instanceof CancellationException || failure instanceof HttpTimeoutException) {
            return new Fetched.Failed(
                    FetchFailure.TIMEOUT,
                    "no complete page within " + settings.timeout().toMillis() + " ms");
        }
        if (failure instanceof SSLException) {
            return new Fetched.Failed(
                    FetchFailure.TLS, "no secure connection: " + failure.getMessage() + "; check tls.ca.file");
        }
        if (failure instanceof ConnectException || failure instanceof UnresolvedAddressException) {
            return new Fetched.Failed(
                    FetchFailure.UNREACHABLE, "nobody answers (" + name(failure) + "); check the URL and the network");
        }
        return new Fetched.Failed(FetchFailure.CONNECTION_LOST, "the connection was lost (" + name(failure) + ")");
    }

    private static String name(@Nullable Throwable failure) {
        return failure == null ? "unknown" : failure.getClass().getSimpleName();
    }

    private Optional<String> token(Target target) throws IOException {
        if (!target.mayHaveToken()) {
            return Optional.empty();
        }
        Optional<Path> file = settings.access().tokenFile();
        return file.isPresent()
                ? Optional.of(Files.readString(file.get()).strip())
                : settings.access().token().map(ScrapeSettings.Secret::value);
    }
}
