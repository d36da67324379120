package dev.andon.connect.remotewrite;

import dev.andon.connect.intake.RunningTask;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * How many samples a second the remote write source accepts and maps: several connections send scrapes of API servers over
 * loopback, and a worker takes the records at once. Senders and receiver share the machine. See docs/benchmarks.md.
 */
public final class RemoteWriteThroughput {
    private static final int SERVERS = 8;
    private static final int SERIES_PER_SERVER = 10_000;
    private static final int SAMPLES_PER_REQUEST = 2_000;
    private static final int SCRAPES = 40;
    private static final int RUNS = 6;
    private static final long INTERVAL_MILLIS = 1_000;

    private RemoteWriteThroughput() {}

    public static void main(String[] args) throws Exception {
        long t0 = Instant.now().toEpochMilli() - SCRAPES * INTERVAL_MILLIS;
        List<List<byte[]>> requests = new ArrayList<>();
        for (int server = 0; server < SERVERS; server++) {
            requests.add(requests(server, t0));
        }
        var rates = new ArrayList<Double>();
        for (int run = 0; run < RUNS; run++) {
            double rate = run(requests);
            System.out.printf("%s %.0f samples/s%n", run == 0 ? "warm-up" : "run " + run, rate);
            if (run > 0) {
                rates.add(rate);
            }
        }
        double[] sorted = rates.stream().mapToDouble(rate -> rate).sorted().toArray();
        System.out.printf("median of %d: %.0f samples/s %s%n", sorted.length, sorted[sorted.length / 2], Arrays.toString(sorted));
    }

    private static double run(List<List<byte[]>> requests) throws Exception {
        ExecutorService senders = Executors.newFixedThreadPool(SERVERS);
        try (RunningTask task = new RunningTask(new RemoteWriteSourceTask(), Map.of("listen.port", "0"))) {
            long begin = System.nanoTime();
            var sending = new ArrayList<Future<?>>();
            for (List<byte[]> ofServer : requests) {
                sending.add(senders.submit(() -> send(task, ofServer)));
            }
            for (Future<?> one : sending) {
                one.get();
            }
            double seconds = (System.nanoTime() - begin) / 1e9;
            int written = task.written("andon.apiserver-latency").size();
            if (written < SERVERS * (SCRAPES - 2)) {
                throw new IllegalStateException("only " + written + " records were written");
            }
            return (double) SERVERS * SERIES_PER_SERVER * SCRAPES / seconds;
        } finally {
            senders.shutdownNow();
        }
    }

    private static Void send(RunningTask task, List<byte[]> requests) throws Exception {
        for (byte[] request : requests) {
            HttpResponse<String> answer = task.post("/api/v1/write", WriteRequest.HEADERS_1, request);
            if (answer.statusCode() != 204) {
                throw new ExecutionException("answered " + answer.statusCode() + ": " + answer.body(), null);
            }
        }
        return null;
    }

    /** Histograms of 25 buckets of resources and verbs, as an API server has them. */
    private static List<byte[]> requests(int server, long t0) {
        var packed = new ArrayList<byte[]>();
        for (int scrape = 0; scrape < SCRAPES; scrape++) {
            var request = new WriteRequest();
            for (int series = 0; series < SERIES_PER_SERVER; series++) {
                int bucket = series % 25;
                request.sample(
                        t0 + scrape * INTERVAL_MILLIS,
                        (double) (scrape + 1) * (bucket + 1),
                        "__name__", "apiserver_request_duration_seconds_bucket",
                        "cluster", "prod",
                        "component", "apiserver",
                        "dry_run", "",
                        "group", "apps",
                        "instance", "10.0.0." + server + ":6443",
                        "job", "apiserver",
                        "le", bucket == 24 ? "+Inf" : Double.toString(0.005 * (bucket + 1)),
                        "resource", "resource-" + series / 25,
                        "scope", "resource",
                        "verb", "GET",
                        "version", "v1");
                if ((series + 1) % SAMPLES_PER_REQUEST == 0) {
                    packed.add(request.packed1());
                    request = new WriteRequest();
                }
            }
        }
        return packed;
    }
}
