package dev.andon.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.andon.domain.Coverage;
import io.prometheus.metrics.expositionformats.generated.com_google_protobuf_4_33_0.Metrics.Bucket;
import io.prometheus.metrics.expositionformats.generated.com_google_protobuf_4_33_0.Metrics.Metric;
import io.prometheus.metrics.expositionformats.generated.com_google_protobuf_4_33_0.Metrics.MetricFamily;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class PagesTest {
    private static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");
    private static final Scenario SCENARIO =
            Scenarios.DNS_MASKED_CONTROL_PLANE.create(Scenarios.Options.of(1, Pace.DEMO));
    private static final Pattern LINE = Pattern.compile("([a-z_]+)(?:\\{(.*)})? (\\S+)");
    private static final Pattern LABEL = Pattern.compile("([a-z_]+)=\"([^\"]*)\"");

    private final LiveCluster cluster =
            new LiveCluster(SCENARIO, SCENARIO.clusters().get(1), T0);

    /** Values by name and sorted labels, as a text page tells them. */
    private static Map<String, Double> text(byte[] page) {
        Map<String, Double> values = new TreeMap<>();
        new String(page, StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.startsWith("#"))
                .forEach(line -> {
                    Matcher matcher = LINE.matcher(line);
                    assertThat(matcher.matches()).as(line).isTrue();
                    Map<String, String> labels = new TreeMap<>();
                    Matcher label = LABEL.matcher(matcher.group(2) == null ? "" : matcher.group(2));
                    while (label.find()) labels.put(label.group(1), label.group(2));
                    Double before = values.put(matcher.group(1) + labels, number(matcher.group(3)));
                    assertThat(before).as("given twice: " + line).isNull();
                });
        return values;
    }

    private static double number(String text) {
        return text.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(text);
    }

    private static Map<String, Double> protobuf(byte[] page) throws IOException {
        Map<String, Double> values = new TreeMap<>();
        ByteArrayInputStream in = new ByteArrayInputStream(page);
        for (MetricFamily family = MetricFamily.parseDelimitedFrom(in);
                family != null;
                family = MetricFamily.parseDelimitedFrom(in)) {
            for (Metric metric : family.getMetricList()) put(values, family.getName(), metric);
        }
        return values;
    }

    private static void put(Map<String, Double> values, String name, Metric metric) {
        TreeMap<String, String> labels = metric.getLabelList().stream()
                .collect(Collectors.toMap(pair -> pair.getName(), pair -> pair.getValue(), (a, b) -> a, TreeMap::new));
        if (metric.hasCounter()) values.put(name + labels, metric.getCounter().getValue());
        if (metric.hasGauge()) values.put(name + labels, metric.getGauge().getValue());
        if (metric.hasHistogram()) {
            values.put(name + "_sum" + labels, metric.getHistogram().getSampleSum());
            values.put(name + "_count" + labels, (double) metric.getHistogram().getSampleCount());
            for (Bucket bucket : metric.getHistogram().getBucketList()) {
                TreeMap<String, String> more = new TreeMap<>(labels);
                double bound = bucket.getUpperBound();
                more.put("le", Double.isInfinite(bound) ? "+Inf" : Double.toString(bound));
                values.put(name + "_bucket" + more, (double) bucket.getCumulativeCount());
            }
        }
    }

    private byte[] apiserver(Exposition format) {
        return cluster.apiserverPage(0, format).orElseThrow();
    }

    private void live(int ticks) {
        for (int i = 0; i < ticks; i++) cluster.step(1, Map.of(), T0.plusSeconds(i));
    }

    @Test
    void tellsTheSameInTextAndInProtobuf() throws IOException {
        live(5);

        assertThat(protobuf(apiserver(Exposition.PROTOBUF))).isEqualTo(text(apiserver(Exposition.TEXT)));
        assertThat(protobuf(
                        cluster.resolverPage("coredns-a", Exposition.PROTOBUF).orElseThrow()))
                .isEqualTo(
                        text(cluster.resolverPage("coredns-a", Exposition.TEXT).orElseThrow()));
    }

    @Test
    void addsExactlyWhatWasServed() {
        Map<String, Double> before = text(apiserver(Exposition.TEXT));
        Map<RequestClass, Long> served = new TreeMap<>();
        for (int i = 0; i < 20; i++) {
            Tick tick = cluster.step(1, Map.of("telemetry-agent-7f3", new Coverage(100, 600)), T0);
            for (Served one : tick.served()) {
                if (one.instance() == 0) served.merge(one.kind(), one.tally().total(), Long::sum);
            }
        }
        Map<String, Double> after = text(apiserver(Exposition.TEXT));

        served.forEach((kind, requests) -> {
            String series = "scope=" + kind.scope() + ", subresource=";
            String verb = "verb=" + kind.verb() + ",";
            for (String family : new String[] {
                "apiserver_request_duration_seconds_count",
                "apiserver_request_sli_duration_seconds_count",
                "apiserver_request_total"
            }) {
                double grown = sum(after, family, series, verb) - sum(before, family, series, verb);
                assertThat(grown).as(family + " " + kind).isEqualTo((double) requests);
            }
        });
    }

    private static double sum(Map<String, Double> values, String family, String scope, String verb) {
        return values.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(family + "{"))
                .filter(entry ->
                        entry.getKey().contains(scope) && entry.getKey().contains(verb))
                .mapToDouble(Map.Entry::getValue)
                .sum();
    }

    @Test
    void neverLetsATotalFallWhileTheProcessLives() {
        Map<String, Double> before = text(apiserver(Exposition.TEXT));
        live(3);
        Map<String, Double> after = text(apiserver(Exposition.TEXT));

        before.forEach(
                (series, value) -> assertThat(after.get(series)).as(series).isGreaterThanOrEqualTo(value));
    }

    @Test
    void beginsAtZeroAgainAfterARestart() {
        Disturbance restart = new Disturbance.Restart(2, 3, 0);
        Scenario restarting = new Scenario(
                "restart",
                "healthy",
                1,
                1,
                T0,
                Duration.ofSeconds(1),
                Duration.ofSeconds(10),
                SCENARIO.clusters(),
                SCENARIO.rollouts(),
                Map.of("prod-600", java.util.List.of(restart)),
                0,
                Scenario.Telemetry.METRICS);
        LiveCluster live = new LiveCluster(restarting, SCENARIO.clusters().get(1), T0.minusSeconds(1_000));
        String start = "process_start_time_seconds{}";
        double before =
                text(live.apiserverPage(0, Exposition.TEXT).orElseThrow()).getOrDefault(start, 0.0);

        for (int i = 1; i <= 3; i++) live.step(1, Map.of(), T0.plusSeconds(i));
        assertThat(live.apiserverPage(0, Exposition.TEXT)).isEmpty();
        assertThat(live.apiserverPage(1, Exposition.TEXT)).isPresent();
        for (int i = 4; i <= 6; i++) live.step(1, Map.of(), T0.plusSeconds(i));

        Map<String, Double> after = text(live.apiserverPage(0, Exposition.TEXT).orElseThrow());
        assertThat(after.getOrDefault(start, 0.0)).isGreaterThan(before + 1_000);
        assertThat(sum(after, "apiserver_request_total", "scope=resource", "verb=GET,"))
                .isBetween(1.0, 1_000.0);
    }

    @Test
    void showsTheFamiliesOfACoreDnsThatCollectorsRead() {
        live(2);

        assertThat(text(cluster.resolverPage("coredns-a", Exposition.TEXT).orElseThrow())
                        .keySet())
                .anyMatch(name -> name.startsWith("coredns_dns_responses_total{plugin=kubernetes, rcode=NXDOMAIN"))
                .anyMatch(name -> name.startsWith("coredns_cache_served_stale_total{"))
                .anyMatch(name -> name.startsWith("coredns_dns_request_duration_seconds_bucket{"));
    }

    @Test
    void choosesTheFormatByTheAcceptHeader() {
        assertThat(Exposition.preferred("")).isEqualTo(Exposition.TEXT);
        assertThat(Exposition.preferred("text/plain;version=0.0.4")).isEqualTo(Exposition.TEXT);
        assertThat(Exposition.preferred("application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;"
                        + "encoding=delimited;q=0.7,text/plain;q=0.3"))
                .isEqualTo(Exposition.PROTOBUF);
    }

    @Test
    void standsBeforeABackdropThatCanBeJoinedInBothFormats() throws IOException {
        byte[] text = Exposition.TEXT.render(Backdrop.of(1, "a", 6));

        assertThat(protobuf(Exposition.PROTOBUF.render(Backdrop.of(1, "a", 6)))).isEqualTo(text(text));
        assertThat(text(text)).hasSizeGreaterThan(500);
    }
}
