package dev.andon.testing;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** Carries out {@link RequiresTool}. */
final class ToolCondition implements ExecutionCondition {
    private final Machine machine;

    ToolCondition() {
        this(Machine.current());
    }

    ToolCondition(Machine machine) {
        this.machine = machine;
    }

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        return AnnotationSupport.findAnnotation(context.getElement(), RequiresTool.class)
                .map(annotation -> evaluate(annotation.value()))
                .orElseGet(() -> ConditionEvaluationResult.enabled("needs no tool"));
    }

    ConditionEvaluationResult evaluate(String... tools) {
        List<String> missing = Arrays.stream(tools)
                .filter(tool -> machine.executable(tool).isEmpty())
                .toList();
        if (missing.isEmpty()) return ConditionEvaluationResult.enabled("has " + String.join(", ", tools));
        String reason = "not on the PATH: " + String.join(", ", missing);
        if (machine.mustHaveEverything()) throw machine.missing(reason);
        return ConditionEvaluationResult.disabled(reason);
    }
}
