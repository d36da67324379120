package dev.andon.connect.audit;

import dev.andon.connect.intake.RunningTask;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;

/**
 * How many audit events a second the audit source takes: batches of 400 events at the level Metadata, of 2,000 clients,
 * over one connection on loopback. Sender and receiver share the machine. See docs/benchmarks.md.
 */
public final class AuditThroughput {
    private static final int EVENTS_PER_BATCH = 400;
    private static final int BATCHES = 200;
    private static final int RUNS = 6;
    private static final int CLIENTS = 2_000;

    private AuditThroughput() {}

    public static void main(String[] args) throws Exception {
        double[] rates = new double[RUNS - 1];
        for (int run = 0; run < RUNS; run++) {
            try (RunningTask task = new RunningTask(
                    new AuditSourceTask(), Map.of("listen.port", "0", "interval.ms", "10000", "lateness.ms", "60000"))) {
                long begin = System.nanoTime();
                long building = 0;
                for (int batch = 0; batch < BATCHES; batch++) {
                    long building0 = System.nanoTime();
                    byte[] body = batch(batch);
                    building += System.nanoTime() - building0;
                    int status = task.post("/v1/audit/prod/api-1", Map.of("Content-Type", "application/json"), body)
                            .statusCode();
                    if (status != 200) {
                        throw new IllegalStateException("answered " + status);
                    }
                }
                double rate = EVENTS_PER_BATCH * BATCHES / ((System.nanoTime() - begin - building) / 1e9);
                System.out.printf("%s %.0f events/s%n", run == 0 ? "warm-up" : "run " + run, rate);
                if (run > 0) {
                    rates[run - 1] = rate;
                }
            }
        }
        Arrays.sort(rates);
        System.out.printf("median of %d: %.0f events/s %s%n", rates.length, rates[rates.length / 2], Arrays.toString(rates));
    }

    private static byte[] batch(int batch) {
        var json = new StringBuilder("{\"kind\":\"EventList\",\"apiVersion\":\"audit.k8s.io/v1\",\"metadata\":{},\"items\":[");
        Instant now = Instant.now();
        for (int i = 0; i < EVENTS_PER_BATCH; i++) {
            int client = (batch * EVENTS_PER_BATCH + i) % CLIENTS;
            json.append(i == 0 ? "" : ",")
                    .append("{\"level\":\"Metadata\",\"auditID\":\"0b6b6a7a-5d4b-4b3a-9c1e-2f3a4b5c6d7e\",\"stage\":\"ResponseComplete\",")
                    .append("\"requestURI\":\"/api/v1/namespaces/shop/pods?limit=500\",\"verb\":\"list\",\"user\":{\"username\":")
                    .append("\"system:serviceaccount:ns:agent-").append(client)
                    .append("\",\"uid\":\"9a0c\",\"groups\":[\"system:serviceaccounts\",\"system:authenticated\"]},")
                    .append("\"sourceIPs\":[\"10.0.0.1\"],\"userAgent\":\"agent/v1.2.3 (linux/amd64) kubernetes/abcdef0\",")
                    .append("\"objectRef\":{\"resource\":\"pods\",\"namespace\":\"shop\",\"apiVersion\":\"v1\"},")
                    .append("\"responseStatus\":{\"metadata\":{},\"code\":200},\"requestReceivedTimestamp\":\"")
                    .append(now.minusMillis(30)).append("\",\"stageTimestamp\":\"").append(now)
                    .append("\",\"annotations\":{\"authorization.k8s.io/decision\":\"allow\",\"authorization.k8s.io/reason\":\"RBAC\"}}");
        }
        return json.append("]}").toString().getBytes(StandardCharsets.UTF_8);
    }
}
