package dev.andon.cli;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The running service: whether it is ready, its clock, its connectors and receivers, what it has learned. */
final class ServiceCheckup {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Duration CLOCKS_APART = Duration.ofSeconds(5);
    private static final Pattern SAMPLE = Pattern.compile("(andon_[a-z_]+)\\{(.*)\\} (\\S+)");
    private static final Pattern LABEL = Pattern.compile("([a-z_]+)=\"((?:[^\"\\\\]|\\\\.)*)\"");

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
    private final URI url;
    private final Checkup checkup;
    private final Instant now;

    ServiceCheckup(URI url, Checkup checkup, Instant now) {
        this.url = url;
        this.checkup = checkup;
        this.now = now;
    }

    void look() {
        Optional<HttpResponse<String>> ready = get("/readyz");
        if (ready.isEmpty()) {
            checkup.fail("service", url + " does not answer", "start andon run, or name it with --url");
            return;
        }
        if (ready.get().statusCode() == 200) checkup.ok("service", url + " is ready");
        else checkup.fail("service", oneLine(ready.get().body()), "wait if it is starting, otherwise see its log");
        clock(ready.get());
        get("/metrics").filter(page -> page.statusCode() == 200).ifPresent(page -> metrics(page.body()));
    }

    private void clock(HttpResponse<String> answer) {
        Optional<Instant> theirs = answer.headers().firstValue("Date").flatMap(ServiceCheckup::date);
        if (theirs.isEmpty()) {
            checkup.skip("clock of the service", "it does not tell the time");
            return;
        }
        Duration apart = Duration.between(theirs.get(), now).abs();
        if (apart.compareTo(CLOCKS_APART) <= 0) checkup.ok("clock of the service", "agrees with this machine's");
        else checkup.warn("clock of the service", apart.toSeconds() + " s from this machine's", "set both with NTP");
    }

    private static Optional<Instant> date(String text) {
        try {
            return Optional.of(ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private void metrics(String page) {
        each(page, "andon_connector_running", List.of("connector"), (who, value) -> {
            if (value > 0) checkup.ok("connector " + who, "runs");
            else checkup.fail("connector " + who, "does not run", "see docs/runbook.md#andonconnectordown");
        });
        each(page, "andon_receiver_healthy", List.of("connector", "target"), (who, value) -> {
            if (value > 0) checkup.ok("receiver " + who, "takes signals, or was not tried yet");
            else checkup.fail("receiver " + who, "refused the last one", "see docs/runbook.md#andonreceiverrefuses");
        });
        TreeSet<String> warming = new TreeSet<>();
        TreeSet<String> known = new TreeSet<>();
        each(page, "andon_cluster_health", List.of("cluster", "health"), (who, value) -> {
            String cluster = who.substring(0, who.lastIndexOf(' '));
            (who.endsWith(" warming_up") ? warming : known).add(cluster);
        });
        if (!known.isEmpty()) checkup.ok("baselines", "learned of " + String.join(", ", known));
        if (!warming.isEmpty()) {
            checkup.warn(
                    "baselines",
                    "still being learned of " + String.join(", ", warming),
                    "wait a few minutes; if it lasts, see docs/runbook.md#andonbaselinewarming");
        }
    }

    /** What to do with one sample. */
    @FunctionalInterface
    private interface Row {
        void take(String labels, double value);
    }

    private static void each(String page, String metric, List<String> labels, Row row) {
        page.lines().forEach(line -> {
            Matcher sample = SAMPLE.matcher(line);
            if (!sample.matches() || !sample.group(1).equals(metric)) return;
            Map<String, String> all = new TreeMap<>();
            Matcher label = LABEL.matcher(sample.group(2));
            while (label.find()) all.put(label.group(1), label.group(2));
            row.take(
                    String.join(
                            " ",
                            labels.stream()
                                    .map(name -> all.getOrDefault(name, ""))
                                    .toList()),
                    Double.parseDouble(sample.group(3)));
        });
    }

    private Optional<HttpResponse<String>> get(String path) {
        try {
            HttpRequest request = HttpRequest.newBuilder(
                            URI.create(url.toString().replaceAll("/+$", "") + path))
                    .timeout(TIMEOUT)
                    .build();
            return Optional.of(client.send(request, HttpResponse.BodyHandlers.ofString()));
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw CommandException.failed("interrupted", e);
        }
    }

    private static String oneLine(String text) {
        String line = text.strip().replaceAll("\\s+", " ");
        return line.length() > 200 ? line.substring(0, 200) + " ..." : line;
    }
}
