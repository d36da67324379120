package dev.andon.service.config;

import java.io.Serial;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** A configuration that cannot be used; the message lists every problem, in the order of the file. */
public final class ConfigException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final transient List<ConfigProblem> problems;

    public ConfigException(String file, List<ConfigProblem> problems) {
        this(file, inFileOrder(problems), problems.size());
    }

    private ConfigException(String file, List<ConfigProblem> sorted, int count) {
        super(file + " has " + count + (count == 1 ? " problem:" : " problems:")
                + sorted.stream().map(p -> "\n  " + file + ":" + p).collect(Collectors.joining()));
        this.problems = sorted;
    }

    private static List<ConfigProblem> inFileOrder(List<ConfigProblem> problems) {
        return problems.stream()
                .sorted(Comparator.comparingInt(ConfigProblem::line).thenComparingInt(ConfigProblem::column))
                .toList();
    }

    /** Returns every problem, in the order of the file. */
    public List<ConfigProblem> problems() {
        return problems;
    }
}
