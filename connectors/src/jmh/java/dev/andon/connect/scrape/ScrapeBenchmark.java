package dev.andon.connect.scrape;

import dev.andon.connect.totals.DeltaTracker;
import dev.andon.connect.totals.TargetState;
import dev.andon.connect.totals.Scrape;
import dev.andon.connect.exposition.MetricsPages;
import dev.andon.connect.exposition.Page;
import dev.andon.connect.exposition.PageReader;
import dev.andon.connect.exposition.SyntheticApiserver;
import dev.andon.connect.exposition.UnreadablePageException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What one scrape of a kube-apiserver costs the worker once its page has arrived: unpacking, reading, and the samples.
 *
 * <p>The target is at most 150 ms and 20 MB of garbage for a page of 3 MB (docs/benchmarks.md).
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class ScrapeBenchmark {
    private static final int MAX_BYTES = 64 * 1024 * 1024;
    private static final Target TARGET =
            new Target(Target.Kind.APISERVER, "bench", "api", URI.create("https://localhost/metrics"), true);

    /** {@code synthetic}, or the name of a file in the folder {@code -Dandon.metricsPages}, text and gzipped. */
    @Param("synthetic")
    public String page = "synthetic";

    @Param({"TEXT", "TEXT_GZIP", "PROTOBUF", "PROTOBUF_GZIP"})
    public String sentAs = "TEXT";

    private final DeltaTracker tracker = TARGET.tracker();
    private byte[] body = new byte[0];
    private String contentType = "";
    private String contentEncoding = "";
    private TargetState known = TargetState.UNKNOWN;

    @Setup
    public void prepare() {
        boolean text = sentAs.startsWith("TEXT");
        boolean packed = sentAs.endsWith("GZIP");
        contentType = text ? "text/plain" : MetricsPages.PROTOBUF.contentType();
        contentEncoding = packed ? "gzip" : "";
        byte[] plain = page.equals("synthetic")
                ? (text ? MetricsPages.TEXT : MetricsPages.PROTOBUF).write(SyntheticApiserver.page(1, 1))
                : realPage(text);
        body = packed ? MetricsPages.gzip(plain) : plain;
        known = tracker.step(TargetState.UNKNOWN, new Scrape(Instant.EPOCH, read())).next();
    }

    /** Unpack and read the page, keep what an API server is scraped for. */
    @Benchmark
    public Page read() {
        var reader = new PageReader(tracker.wanted(TargetState.UNKNOWN), MAX_BYTES);
        try {
            return reader.read(body, contentType, contentEncoding);
        } catch (UnreadablePageException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A whole scrape as the task does it from the second one on: only one of the two latency metrics is kept. */
    @Benchmark
    public DeltaTracker.Step scrape() {
        var reader = new PageReader(tracker.wanted(known), MAX_BYTES);
        try {
            Page next = reader.read(body, contentType, contentEncoding);
            return tracker.step(known, new Scrape(Instant.EPOCH.plusSeconds(5), next));
        } catch (UnreadablePageException e) {
            throw new UncheckedIOException(e);
        }
    }

    private byte[] realPage(boolean text) {
        if (!text) {
            throw new IllegalArgumentException("the real pages are text; use -p sentAs=TEXT,TEXT_GZIP");
        }
        Path file = Path.of(System.getProperty("andon.metricsPages", "."), page);
        try (var in = new GZIPInputStream(new ByteArrayInputStream(Files.readAllBytes(file)))) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("set -Dandon.metricsPages to the folder of the page", e);
        }
    }
}
