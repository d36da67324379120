package dev.andon.quality;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/**
 * Andon beside other detectors, on the same streams in the same run. {@code -Dandon.quality.streams=N} sets the streams per law
 * and half. Writes a section that {@link QualityTables} takes into its report.
 */
class PeerTables {
    private static final Path SECTION = Path.of("target", "quality", "peers.md");
    private static final double ASKED = 1_000;

    private final int runs = Integer.getInteger("andon.quality.streams", 30);
    private final List<Peer> peers = new ArrayList<>();
    private final Map<Law, Streams> streams = new EnumMap<>(Law.class);
    private final Map<Trial, Double> obtained = new HashMap<>();
    private final Map<Law, Map<Peer, Trial>> trials = new EnumMap<>(Law.class);

    PeerTables() {
        peers.add(OurSeries.PEER);
        peers.addAll(Peers.all());
    }

    @Test
    void areWritten() throws IOException {
        for (Law law : Law.values()) {
            Map<Peer, Trial> chosen = new LinkedHashMap<>();
            for (Peer peer : peers) chosen.put(peer, quickest(peer, law));
            trials.put(law, chosen);
        }
        Files.createDirectories(SECTION.getParent());
        Files.writeString(SECTION, String.join("\n", introduction(), falseAlarms(), delays()));
        assertThat(SECTION).isNotEmptyFile();
    }

    private Streams of(Law law) {
        return streams.computeIfAbsent(law, any -> new Streams(any, runs));
    }

    /** The variant with the least mean delay on the tuning half, over all shifts of the law. */
    private Trial quickest(Peer peer, Law law) {
        List<Trial> candidates = peer.variants().stream()
                .map(variant -> Trial.calibrated(variant, of(law), ASKED))
                .toList();
        if (candidates.size() == 1) return candidates.get(0);
        return candidates.stream()
                .min(Comparator.comparingDouble(trial -> Shift.all().stream()
                        .filter(shift -> shift.law() == law)
                        .mapToDouble(shift -> mean(trial.delays(Streams.Half.TUNING, shift)))
                        .sum()))
                .orElseThrow();
    }

    private String introduction() {
        return """
                ## Peers on the same streams

                Every detector, Andon's too, at the threshold that gives one false alarm in %,.0f ticks of each law on %d tuning streams of
                %,d ticks; reported are %d others. Some come in variants (allowance, memory, shingle): the one that is
                quickest on the tuning streams is reported. Peers are told the true mean and standard deviation before the change; Andon
                learns them from %d ticks, knows that it does, and tolerates what it calls no news (10 %% of a latency, 1.2 times a share). MOA is
                licensed under the GPL: it serves this comparison only, by the profiles `quality` and `detector-benchmarks`, and is no part of Andon.
                """.formatted(ASKED, runs, Streams.CLEAN, runs, Streams.WARM_UP);
    }

    private String falseAlarms() {
        StringBuilder table = new StringBuilder("### Ticks between false alarms, as obtained\n\n| law |");
        peers.forEach(peer -> table.append(' ').append(peer.name()).append(" |"));
        table.append("\n| --- |").append(" --- |".repeat(peers.size())).append('\n');
        trials.forEach((law, chosen) -> {
            table.append("| ").append(law.label()).append(" |");
            chosen.values()
                    .forEach(trial -> table.append(String.format(
                            Locale.ROOT,
                            " %.0f (%s) |",
                            trial.meanTimeBetweenFalseAlarms(Streams.Half.REPORTED),
                            trial.variant().label())));
            table.append('\n');
        });
        return table.toString();
    }

    private String delays() {
        StringBuilder table = new StringBuilder("""
                ### Delay in ticks, mean and median, misses counted as %d

                The floor is log(ARL) / KL (Lorden 1971), and at least 1. The quickest mean of a row is bold, but for those with a star,
                which alarmed more than twice as often as asked. Where Andon is slower, there are four reasons. One tick is never a proof
                (2 ticks instead of 1 at ratios of 5 and 20). A rise within its margins is no news (1 sigma, ratios of 1.2 and 1.5, shares of
                a few in ten thousand): what is not found at once is then learnt as the usual level, and missed. Autocorrelation is
                priced in whole. And it was not told the truth.

                | stream | change | floor |""".formatted(Streams.PATIENCE));
        peers.forEach(peer -> table.append(' ').append(peer.name()).append(" |"));
        table.append("\n| --- | --- | --- |")
                .append(" --- |".repeat(peers.size()))
                .append('\n');
        for (Shift shift : Shift.all()) {
            Map<Trial, int[]> delays = new LinkedHashMap<>();
            Objects.requireNonNull(trials.get(shift.law()))
                    .values()
                    .forEach(trial -> delays.put(trial, trial.delays(Streams.Half.REPORTED, shift)));
            double quickest = delays.entrySet().stream()
                    .filter(entry -> fair(entry.getKey()))
                    .mapToDouble(entry -> mean(entry.getValue()))
                    .min()
                    .orElse(Double.NaN);
            table.append(String.format(
                    Locale.ROOT, "| %s | %s | %s |", shift.law().label(), shift.label(), floor(shift)));
            delays.forEach((trial, each) -> table.append(cell(each, quickest, fair(trial))));
            table.append('\n');
        }
        return table.toString();
    }

    /** @return whether it alarms about as rarely as asked where nothing changes */
    private boolean fair(Trial trial) {
        return obtained.computeIfAbsent(trial, any -> any.meanTimeBetweenFalseAlarms(Streams.Half.REPORTED))
                >= ASKED / 2;
    }

    private static String floor(Shift shift) {
        if (Double.isNaN(shift.floor())) return "-";
        return String.format(Locale.ROOT, "%.1f", Math.max(1, Math.log(ASKED) / shift.floor()));
    }

    private static String cell(int[] delays, double quickest, boolean fair) {
        if (delays.length == 0) return " - |";
        double mean = mean(delays);
        String format = !fair ? " %.1f ☆, %d |" : mean <= quickest + 1e-9 ? " **%.1f**, %d |" : " %.1f, %d |";
        return String.format(Locale.ROOT, format, mean, delays[delays.length / 2]);
    }

    private static double mean(int[] delays) {
        return Arrays.stream(delays).average().orElse(Streams.PATIENCE);
    }
}
