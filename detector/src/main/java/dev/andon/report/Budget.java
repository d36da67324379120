package dev.andon.report;

import dev.andon.domain.Action;
import dev.andon.domain.Signal;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What came of the same history with another budget.
 *
 * @param falseHaltProbability the budget
 * @param chosen whether it is the one that the report is about
 * @param halted rolloutIds
 * @param held rolloutIds that were held and never halted
 */
public record Budget(double falseHaltProbability, boolean chosen, Set<String> halted, Set<String> held) {
    public Budget {
        halted = Set.copyOf(halted);
        held = Set.copyOf(held);
    }

    public static Budget of(double falseHaltProbability, boolean chosen, List<Signal> signals) {
        Set<String> halted = rollouts(signals, Action.HALT);
        Set<String> held = new HashSet<>(rollouts(signals, Action.HOLD));
        held.removeAll(halted);
        return new Budget(falseHaltProbability, chosen, halted, held);
    }

    private static Set<String> rollouts(List<Signal> signals, Action action) {
        Set<String> ids = new TreeSet<>();
        for (Signal signal : signals) {
            if (signal.action() == action) signal.rolloutId().ifPresent(ids::add);
        }
        return ids;
    }
}
