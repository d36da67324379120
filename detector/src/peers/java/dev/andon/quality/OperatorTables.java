package dev.andon.quality;

import static org.assertj.core.api.Assertions.assertThat;

import dev.andon.simulate.Recorded;
import dev.andon.simulate.Scenarios;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * Andon beside the rules of operators, on the same cases in the same run. {@code -Dandon.quality.rules.cases=N} sets the cases per
 * scenario. Writes a section that {@link QualityTables} takes into its report.
 */
class OperatorTables {
    private static final Path SECTION = Path.of("target", "quality", "rules.md");
    private static final long REPORTED_FROM = 100_001;
    private static final long TUNED_FROM = 1;
    /** Scenarios in which nothing is wrong, whatever it looks like. */
    private static final List<Scenarios> CLEAN =
            List.of(Scenarios.CLEAN, Scenarios.HEALTHY, Scenarios.SCRAPE_BLACKOUT, Scenarios.TRAFFIC_DOUBLING);
    /** Seconds that a miss counts as. */
    private static final double MISSED = 300;

    private final int each = Integer.getInteger("andon.quality.rules.cases", 8);
    private final int clean = Integer.getInteger("andon.quality.rules.clean", 80);

    /** What came of one case, and of which kind it was. */
    private record Judged(Scenarios scenario, boolean clean, boolean guilty, RuleCase.Outcome outcome) {}

    private final Map<String, List<Judged>> byName = new LinkedHashMap<>();
    private final Map<Rule, Double> factors = new LinkedHashMap<>();

    @Test
    void areWritten() throws IOException {
        calibrate();
        byName.put("Andon", new ArrayList<>());
        factors.keySet().forEach(rule -> byName.put(rule.label(), new ArrayList<>()));
        for (Scenarios scenario : Scenarios.values()) judge(scenario);
        Files.createDirectories(SECTION.getParent());
        Files.writeString(SECTION, String.join("\n", introduction(), totals(), byScenario()));
        assertThat(SECTION).isNotEmptyFile();
    }

    /** The tightest limits that stop nothing in the clean cases of the tuning seeds, or the loosest there are. */
    private void calibrate() {
        List<RuleCase> tuning = CLEAN.stream()
                .flatMap(scenario -> LongStream.range(TUNED_FROM, TUNED_FROM + count(scenario))
                        .mapToObj(seed -> RuleCase.of(RuleCase.play(scenario, seed))))
                .parallel()
                .toList();
        for (Rule rule : Rule.all()) {
            double factor = rule.loosest();
            for (double candidate : rule.factors()) {
                if (tuning.parallelStream()
                        .noneMatch(one -> one.judge(rule, candidate).innocent())) {
                    factor = candidate;
                    break;
                }
            }
            factors.put(rule, factor);
        }
    }

    private void judge(Scenarios scenario) {
        LongStream.range(REPORTED_FROM, REPORTED_FROM + count(scenario))
                .parallel()
                .mapToObj(seed -> judged(scenario, seed))
                .toList()
                .forEach(all -> all.forEach((name, one) ->
                        byName.computeIfAbsent(name, any -> new ArrayList<>()).add(one)));
    }

    private int count(Scenarios scenario) {
        return scenario == Scenarios.CLEAN ? clean : each;
    }

    private Map<String, Judged> judged(Scenarios scenario, long seed) {
        Map<String, Judged> all = new LinkedHashMap<>();
        Recorded recorded = RuleCase.play(scenario, seed);
        Case andon = Case.of(recorded);
        all.put(
                "Andon",
                new Judged(
                        scenario,
                        !andon.hurt(),
                        andon.guilty(),
                        new RuleCase.Outcome(andon.delaySeconds(), andon.innocentHalted())));
        RuleCase played = RuleCase.of(recorded);
        factors.forEach((rule, factor) -> all.put(
                rule.label(), new Judged(scenario, played.clean(), played.guilty(), played.judge(rule, factor))));
        return all;
    }

    private String introduction() {
        return """
                ## Operators' rules on the scenario library

                %d cases of each scenario and %d clean ones, the same for all. The limits of static rules and of those like Argo Rollouts,
                Flagger and Kayenta are the tightest that stopped nothing in the clean cases of as many other seeds, or the loosest tried (seconds of
                p99; multiples of 0.5 s and 1 %% of errors; rise of the median); alerts of kube-prometheus are
                as published, and count what was seen so far where a window reaches back farther. Rules blame nobody: an alert is taken to
                stop every rollout under way in its cluster, an analysis its own rollout. A scenario lasts 12 to 15 minutes, which is
                too short for an alert that must hold for ten. Andon is judged by what it halts, with all its caution about whom to blame.
                """.formatted(each, clean);
    }

    private String totals() {
        StringBuilder table = new StringBuilder("""
                | rule | limits x | guilty halted | delay median, p95, with misses as 300 s [s] | cases with a guilty rollout where an innocent was halted | with nobody's trouble | false halts of clean cases |
                | --- | --- | --- | --- | --- | --- | --- |
                """);
        byName.forEach((name, all) -> {
            List<Judged> guilty = all.stream().filter(Judged::guilty).toList();
            double[] delays = guilty.stream()
                    .mapToDouble(one -> one.outcome().delaySeconds().orElse(MISSED))
                    .map(delay -> Math.min(MISSED, delay))
                    .sorted()
                    .toArray();
            table.append(String.format(
                    Locale.ROOT,
                    "| %s | %s | %s | %.0f, %.0f | %s | %s | %s |%n",
                    name,
                    factor(name),
                    count(guilty, one -> one.outcome().delaySeconds().isPresent()),
                    delays[delays.length / 2],
                    delays[(int) (0.95 * delays.length)],
                    count(guilty, one -> one.outcome().innocent()),
                    count(
                            all.stream()
                                    .filter(one -> !one.clean() && !one.guilty())
                                    .toList(),
                            one -> one.outcome().innocent()),
                    count(all.stream().filter(Judged::clean).toList(), one -> one.outcome()
                            .innocent())));
        });
        return table.toString();
    }

    private String factor(String name) {
        return factors.entrySet().stream()
                .filter(entry -> entry.getKey().label().equals(name))
                .filter(entry -> entry.getKey().factors().size() > 1)
                .map(entry -> String.valueOf(entry.getValue()))
                .findFirst()
                .orElse("-");
    }

    /** Halted cases and the median delay among all, by scenario. */
    private String byScenario() {
        Map<Scenarios, StringBuilder> rows = new EnumMap<>(Scenarios.class);
        byName.values().forEach(all -> {
            for (Scenarios scenario : Scenarios.values()) {
                List<Judged> some = all.stream()
                        .filter(one -> one.scenario() == scenario && one.guilty())
                        .toList();
                if (some.isEmpty()) continue;
                double[] delays = some.stream()
                        .mapToDouble(
                                one -> Math.min(MISSED, one.outcome().delaySeconds().orElse(MISSED)))
                        .sorted()
                        .toArray();
                long halted = some.stream()
                        .map(one -> one.outcome().delaySeconds())
                        .filter(OptionalDouble::isPresent)
                        .count();
                rows.computeIfAbsent(scenario, any -> new StringBuilder("| " + scenario.label() + " |"))
                        .append(String.format(
                                Locale.ROOT, " %d of %d, %.0f |", halted, some.size(), delays[delays.length / 2]));
            }
        });
        StringBuilder table = new StringBuilder(
                "Guilty rollouts halted, and the median delay in seconds with misses as 300:\n\n| scenario |");
        byName.keySet().forEach(name -> table.append(' ').append(name).append(" |"));
        table.append("\n| --- |").append(" --- |".repeat(byName.size())).append('\n');
        rows.values().forEach(row -> table.append(row).append('\n'));
        return table.toString();
    }

    private static String count(List<Judged> all, Predicate<Judged> which) {
        return new Interval(all.stream().filter(which).count(), all.size()).toString();
    }
}
