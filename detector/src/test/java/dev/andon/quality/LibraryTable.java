package dev.andon.quality;

import dev.andon.simulate.Pace;
import dev.andon.simulate.Scenarios;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.LongStream;

/** The scenario library, on seeds that were not used for tuning. */
final class LibraryTable {
    /** Tuning used smaller seeds. */
    private static final long FIRST_SEED = 100_001;

    private final Map<Scenarios, List<Case>> cases = new EnumMap<>(Scenarios.class);

    /**
     * @param each cases of every scenario
     * @param clean cases of the clean scenario
     */
    LibraryTable(int each, int clean) {
        for (Scenarios scenario : Scenarios.values()) {
            int count = scenario == Scenarios.CLEAN ? clean : each;
            cases.put(
                    scenario,
                    LongStream.range(FIRST_SEED, FIRST_SEED + count)
                            .parallel()
                            .mapToObj(seed -> Case.play(scenario, seed, Pace.BRIEF))
                            .toList());
        }
    }

    String table() {
        StringBuilder table =
                new StringBuilder("| scenario | n | right halts | halted or held | innocents halted | ALARM |"
                        + " delay median, p95, with misses as 300 s [s] | exposure at halt, median, p95 |\n"
                        + "| --- | --- | --- | --- | --- | --- | --- | --- |\n");
        cases.forEach((scenario, all) -> table.append(row(scenario.label(), all)));
        return table.toString();
    }

    /**
     * The case of 2024-12-11 in its own proportions. Nobody obeys: HOLDs before the HALT do not slow it down.
     *
     * @param count cases
     */
    static String atItsOwnPace(int count) {
        List<Case> all = LongStream.range(FIRST_SEED, FIRST_SEED + count)
                .parallel()
                .mapToObj(seed -> Case.play(Scenarios.DNS_MASKED_CONTROL_PLANE, seed, Pace.REAL))
                .toList();
        double[] delays = all.stream()
                .mapToDouble(c -> c.delaySeconds().orElse(1_800))
                .sorted()
                .toArray();
        double[] exposures = all.stream()
                .mapToDouble(c -> 100 * c.exposure().orElse(1))
                .sorted()
                .toArray();
        return "- guilty rollout halted: " + count(all, Case::halted) + "\n"
                + "- before any look-up of a workload failed: " + count(all, Case::beforeDns) + "\n"
                + "- innocents halted: " + count(all, Case::innocentHalted) + "\n"
                + "- delay from the first onset in any cluster, median and p95: " + quantiles(delays, 0) + " s\n"
                + "- nodes of all clusters reached at the HALT, median and p95: " + quantiles(exposures, 1) + " %\n";
    }

    private static String row(String name, List<Case> all) {
        boolean guilty = all.stream().anyMatch(Case::guilty);
        return String.format(
                Locale.ROOT,
                "| %s | %d | %s | %s | %s | %d | %s | %s |%n",
                name,
                all.size(),
                guilty ? count(all, Case::halted) : "-",
                guilty ? String.valueOf(all.stream().filter(Case::held).count()) : "-",
                count(all, Case::innocentHalted),
                all.stream().filter(Case::alarmed).count(),
                guilty
                        ? quantiles(
                                all.stream()
                                        .mapToDouble(c -> c.delaySeconds().orElse(300))
                                        .sorted()
                                        .toArray(),
                                1)
                        : "-",
                guilty
                        ? quantiles(
                                        all.stream()
                                                .flatMapToDouble(c -> c.exposure().stream())
                                                .map(share -> 100 * share)
                                                .sorted()
                                                .toArray(),
                                        1)
                                + " %"
                        : "-");
    }

    String totals() {
        List<Case> all = cases.values().stream().flatMap(List::stream).toList();
        List<Case> clean = all.stream().filter(c -> !c.hurt()).toList();
        List<Case> bad = all.stream().filter(Case::guilty).toList();
        List<Case> nobody = all.stream().filter(c -> c.hurt() && !c.guilty()).toList();
        return "- false halts of clean cases: " + count(clean, Case::innocentHalted) + "\n"
                + "- guilty rollouts halted: " + count(bad, Case::halted) + "\n"
                + "- guilty rollouts halted or held: " + count(bad, Case::held) + "\n"
                + "- guilty rollout first among the candidates of the last signal: " + count(bad, Case::firstIsGuilty)
                + "\n"
                + "- innocents halted where another rollout was guilty: " + count(bad, Case::innocentHalted) + "\n"
                + "- innocents halted where no rollout was guilty: " + count(nobody, Case::innocentHalted) + "\n"
                + "- ALARM where no rollout was guilty: " + count(nobody, Case::alarmed) + "\n";
    }

    /** @return part of the cases of some scenarios, in [0, 1] */
    double part(Predicate<Scenarios> scenarios, Predicate<Case> which) {
        List<Case> some = cases.entrySet().stream()
                .filter(entry -> scenarios.test(entry.getKey()))
                .flatMap(entry -> entry.getValue().stream())
                .toList();
        return (double) some.stream().filter(which).count() / Math.max(1, some.size());
    }

    /** @return part of the cases in which a rollout is guilty, in [0, 1] */
    double partOfGuilty(Predicate<Case> which) {
        List<Case> bad = cases.values().stream()
                .flatMap(List::stream)
                .filter(Case::guilty)
                .toList();
        return (double) bad.stream().filter(which).count() / Math.max(1, bad.size());
    }

    /** Stated probability of the first HALT against how often it was right. */
    String reliability() {
        StringBuilder table = new StringBuilder("| stated | n | right |\n| --- | --- | --- |\n");
        double[] edges = {0.8, 0.85, 0.9, 0.95, 1.0001};
        for (int i = 0; i + 1 < edges.length; i++) {
            double from = edges[i];
            double to = edges[i + 1];
            List<Case> some = new ArrayList<>();
            cases.values().stream()
                    .flatMap(List::stream)
                    .filter(c -> c.haltProbability().orElse(-1) >= from
                            && c.haltProbability().orElse(-1) < to)
                    .forEach(some::add);
            table.append(String.format(
                    Locale.ROOT,
                    "| %.2f to %.2f | %d | %s |%n",
                    from,
                    Math.min(1, to),
                    some.size(),
                    count(some, c -> c.halted() && !c.innocentHalted())));
        }
        return table.toString();
    }

    /** Who would have been right: the first of Andon's candidates, or a simple rule that is told the true onset. */
    String comparison() {
        StringBuilder table =
                new StringBuilder("| scenario | n | Andon, first candidate | most recent rollout | before and after |"
                        + " difference in differences |\n| --- | --- | --- | --- | --- | --- |\n");
        List<Case> bad = new ArrayList<>();
        cases.forEach((scenario, all) -> {
            if (all.stream().noneMatch(Case::guilty)) return;
            bad.addAll(all);
            table.append(compared(scenario.label(), all));
        });
        return table.append(compared("all", bad)).toString();
    }

    private static String compared(String name, List<Case> all) {
        return String.format(
                Locale.ROOT,
                "| %s | %d | %s | %s | %s | %s |%n",
                name,
                all.size(),
                count(all, Case::firstIsGuilty),
                count(all, c -> c.baselines().mostRecent().equals(c.truth().guilty())),
                count(all, c -> c.baselines().beforeAfter().equals(c.truth().guilty())),
                count(all, c -> c.baselines().differences().equals(c.truth().guilty())));
    }

    private static String count(List<Case> all, Predicate<Case> which) {
        return new Interval(all.stream().filter(which).count(), all.size()).toString();
    }

    private static String quantiles(double[] sorted, int digits) {
        if (sorted.length == 0) return "-";
        String format = "%." + digits + "f, %." + digits + "f";
        return String.format(
                Locale.ROOT,
                format,
                sorted[sorted.length / 2],
                sorted[Math.min(sorted.length - 1, (int) (0.95 * sorted.length))]);
    }
}
